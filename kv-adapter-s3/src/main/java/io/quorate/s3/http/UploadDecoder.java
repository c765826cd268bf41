package io.quorate.s3.http;

import static javax.xml.stream.XMLStreamConstants.CHARACTERS;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.xml.HardenedXml;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.NamedPart;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.model.Upload;
import io.quorate.s3.model.UploadMarker;
import io.quorate.s3.operation.ListUploadsRequest;
import io.quorate.s3.operation.UploadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of multipart uploads. Pure functions. */
final class UploadDecoder {
    static final String UPLOAD_ID = "uploadId";
    static final String PART_NUMBER = "partNumber";
    private static final String TYPE = "x-amz-checksum-type";
    private static final String ALGORITHM = "x-amz-checksum-algorithm";
    private static final String CHECKSUM = "x-amz-checksum-";
    private static final String FULL = "FULL_OBJECT";

    private UploadDecoder() {}

    static UploadRequest.Create create(ObjectAddress address, AwsExchange exchange) {
        AwsHeaders headers = exchange.head().headers();
        return new UploadRequest.Create(address, PutObjectDecoder.metadata(headers),
                checksums(headers));
    }

    private static Upload.Checksums checksums(AwsHeaders headers) {
        String name = headers.first(ALGORITHM);
        String type = headers.first(TYPE);
        if (name == null) {
            if (type != null) {
                throw new S3Exception(S3Error.INVALID_REQUEST,
                        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
            }
            return new Upload.Checksums(Optional.empty(), true);
        }
        ChecksumAlgorithm algorithm = ChecksumAlgorithm
                .ofHeader(CHECKSUM + name.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new S3Exception(S3Error.INVALID_REQUEST,
                        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));
        boolean isCrc64 = algorithm == ChecksumAlgorithm.CRC64NVME;
        boolean isSha = algorithm == ChecksumAlgorithm.SHA1
                || algorithm == ChecksumAlgorithm.SHA256;
        boolean full = type == null ? isCrc64 : type.equals(FULL);
        if ((full && isSha) || (!full && isCrc64)
                || (type != null && !full && !type.equals("COMPOSITE"))) {
            throw new S3Exception(S3Error.INVALID_REQUEST, "The " + type
                    + " checksum type cannot be used with the " + name + " checksum algorithm.");
        }
        return new Upload.Checksums(Optional.of(algorithm.header()), full);
    }

    static UploadRequest.Put put(ObjectAddress address, AwsExchange exchange) {
        String text = Optional.ofNullable(exchange.query().first(PART_NUMBER)).orElse("");
        int number = number(text);
        if (number < 1 || number > Part.MAX_NUMBER) {
            throw S3Exception.invalidArgument(
                    "Part number must be an integer between 1 and 10000, inclusive", PART_NUMBER,
                    text);
        }
        return new UploadRequest.Put(address, upload(exchange.query()), number,
                PutObjectDecoder.length(exchange));
    }

    static UploadRequest.Abort abort(ObjectAddress address, AwsExchange exchange) {
        return new UploadRequest.Abort(address, upload(exchange.query()));
    }

    static UploadRequest.Parts parts(ObjectAddress address, AwsExchange exchange) {
        QueryParameters query = exchange.query();
        return new UploadRequest.Parts(address, upload(query),
                Math.min(Part.MAX_NUMBER, bounded(query, "part-number-marker", 0)),
                Math.min(1_000, bounded(query, "max-parts", 1_000)));
    }

    static ListUploadsRequest uploads(String bucket, AwsExchange exchange) {
        QueryParameters query = exchange.query();
        String prefix = or(query.first("prefix"));
        String delimiter = or(query.first("delimiter"));
        String key = or(query.first("key-marker"));
        Optional<UUID> id = Upload.parse(or(query.first("upload-id-marker")));
        // A marker that ends where a rolled-up prefix does stands for all it was rolled up from.
        boolean isPrefix = !delimiter.isEmpty() && key.startsWith(prefix)
                && key.length() > prefix.length()
                && key.indexOf(delimiter, prefix.length()) == key.length() - delimiter.length();
        return new ListUploadsRequest(bucket, prefix, delimiter,
                key.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new UploadMarker(key, id, isPrefix)),
                Math.min(ListUploadsRequest.MAX_UPLOADS,
                        bounded(query, "max-uploads", ListUploadsRequest.MAX_UPLOADS)));
    }

    static UploadRequest.Complete complete(ObjectAddress address, AwsExchange exchange,
            byte[] body) {
        AwsHeaders headers = exchange.head().headers();
        Optional<StoredChecksum> checksum = Optional.empty();
        for (String name : headers.names()) {
            Optional<ChecksumAlgorithm> algorithm = ChecksumAlgorithm.ofHeader(name);
            if (algorithm.isPresent() && algorithm.get() != ChecksumAlgorithm.MD5) {
                checksum = Optional.of(new StoredChecksum(algorithm.get().header(),
                        or(headers.first(name))));
            }
        }
        String size = headers.first("x-amz-mp-object-size");
        if (size != null && !size.matches("\\d{1,18}")) {
            throw S3Exception.invalidArgument("Value of x-amz-mp-object-size is invalid.",
                    "x-amz-mp-object-size", size);
        }
        return new UploadRequest.Complete(address, upload(exchange.query()), named(body),
                PutObjectDecoder.condition(headers), checksum,
                Optional.ofNullable(size).map(Long::parseLong));
    }

    private static List<NamedPart> named(byte[] body) {
        List<NamedPart> parts = new ArrayList<>();
        try {
            XMLStreamReader xml = HardenedXml.reader(body);
            PartReader part = new PartReader();
            StringBuilder text = new StringBuilder();
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == START_ELEMENT) {
                    text.setLength(0);
                } else if (event == CHARACTERS) {
                    text.append(xml.getText());
                } else if (event == END_ELEMENT) {
                    part.end(xml.getLocalName(), text.toString().strip(), parts);
                    text.setLength(0);
                }
            }
        } catch (XMLStreamException malformed) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        if (parts.isEmpty() || parts.size() > Part.MAX_NUMBER) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        return parts;
    }

    /** One part of the document on its way. */
    private static final class PartReader {
        private int number;
        private String etag = "";
        private Optional<StoredChecksum> checksum = Optional.empty();

        void end(String element, String text, List<NamedPart> parts) {
            switch (element) {
                case "PartNumber" -> number = number(text);
                case "ETag" -> etag = GetObjectDecoder.quoted(text);
                case "Part" -> add(parts);
                case "CompleteMultipartUpload" -> {
                    // The document's end.
                }
                default -> checksum = Optional.of(new StoredChecksum(
                        ChecksumAlgorithm.ofHeader(element.startsWith("Checksum")
                                ? CHECKSUM + element.substring("Checksum".length())
                                : element)
                                .orElseThrow(() -> new S3Exception(S3Error.MALFORMED_XML))
                                .header(),
                        text));
            }
        }

        private void add(List<NamedPart> parts) {
            if (etag.isEmpty() || number < 1) {
                throw new S3Exception(S3Error.MALFORMED_XML);
            }
            if (!parts.isEmpty() && parts.getLast().number() >= number) {
                throw new S3Exception(S3Error.INVALID_PART_ORDER);
            }
            parts.add(new NamedPart(number, etag, checksum));
            number = 0;
            etag = "";
            checksum = Optional.empty();
        }
    }

    private static UUID upload(QueryParameters query) {
        String name = or(query.first(UPLOAD_ID));
        return Upload.parse(name).orElseThrow(
                () -> new S3Exception(S3Error.NO_SUCH_UPLOAD).with("UploadId", name));
    }

    private static int bounded(QueryParameters query, String name, int instead) {
        String value = query.first(name);
        if (value == null || value.isEmpty()) {
            return instead;
        }
        int number = number(value);
        if (number < 0) {
            throw S3Exception.invalidArgument("Argument " + name
                    + " must be an integer between 0 and 2147483647", name, value);
        }
        return number;
    }

    /** Minus one if the text is no number from 0 on. */
    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private static String or(@Nullable String value) {
        return value == null ? "" : value;
    }
}
