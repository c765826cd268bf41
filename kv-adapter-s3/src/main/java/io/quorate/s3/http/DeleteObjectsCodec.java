package io.quorate.s3.http;

import static javax.xml.stream.XMLStreamConstants.CHARACTERS;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import io.quorate.aws.xml.HardenedXml;
import io.quorate.aws.xml.XmlWriter;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.operation.DeleteObjectRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads and answers DeleteObjects. Source: S3 API reference, DeleteObjects. Pure functions. */
final class DeleteObjectsCodec {
    /** Most objects of one request. */
    private static final int MAX_OBJECTS = 1_000;
    private static final int CHARS = 1_024;

    private DeleteObjectsCodec() {}

    /** What is to be deleted, and whether only failures are told. */
    record Deletions(List<DeleteObjectRequest> objects, boolean quiet) {
        Deletions {
            objects = List.copyOf(objects);
        }
    }

    /** What became of one object. */
    record Deleted(String key, Optional<S3Exception> failure) {}

    static Deletions decode(String bucket, byte[] body) {
        List<DeleteObjectRequest> objects = new ArrayList<>();
        boolean quiet = false;
        String key = null;
        String etag = null;
        StringBuilder text = new StringBuilder();
        try {
            XMLStreamReader xml = HardenedXml.reader(body);
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case START_ELEMENT -> text.setLength(0);
                    case CHARACTERS -> text.append(xml.getText());
                    case END_ELEMENT -> {
                        switch (xml.getLocalName()) {
                            case "Key" -> key = text.toString();
                            case "ETag" -> etag = GetObjectDecoder.quoted(text.toString().strip());
                            case "Quiet" -> quiet = Boolean.parseBoolean(text.toString().strip());
                            case "Object" -> {
                                objects.add(deletion(bucket, key, etag));
                                key = null;
                                etag = null;
                            }
                            case "Delete" -> {
                                // The document's end.
                            }
                            default -> throw S3Exception.notImplemented(xml.getLocalName());
                        }
                        text.setLength(0);
                    }
                    default -> {
                        // Comments and the document's ends say nothing.
                    }
                }
            }
        } catch (XMLStreamException malformed) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        if (objects.isEmpty() || objects.size() > MAX_OBJECTS) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        return new Deletions(objects, quiet);
    }

    private static DeleteObjectRequest deletion(String bucket, @Nullable String key,
            @Nullable String etag) {
        if (key == null || key.isEmpty()) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > ObjectAddress.MAX_KEY_BYTES) {
            throw new S3Exception(S3Error.KEY_TOO_LONG);
        }
        return new DeleteObjectRequest(new ObjectAddress(bucket, key), Optional.ofNullable(etag));
    }

    static byte[] encode(List<Deleted> deleted, boolean quiet) {
        XmlWriter xml = new XmlWriter(CHARS).declaration().openIn("DeleteResult",
                ListEncoder.NAMESPACE);
        for (Deleted one : deleted) {
            if (one.failure().isPresent()) {
                S3Exception failure = one.failure().get();
                xml.open("Error").element("Key", one.key())
                        .element("Code", failure.error().code())
                        .element("Message", failure.text()).close("Error");
            } else if (!quiet) {
                xml.open("Deleted").element("Key", one.key()).close("Deleted");
            }
        }
        return xml.close("DeleteResult").toBytes();
    }
}
