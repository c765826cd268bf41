package io.quorate.s3.http;

import io.quorate.aws.request.PercentCode;
import io.quorate.aws.xml.XmlWriter;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.PartPage;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.model.Upload;
import io.quorate.s3.operation.ListUploads;
import io.quorate.s3.operation.ListUploadsRequest;
import io.quorate.s3.operation.UploadRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Writes the documents about multipart uploads. Source: S3 API reference. Pure functions. */
final class UploadEncoder {
    private static final int CHARS = 1_024;
    private static final String CHECKSUM = "x-amz-checksum-";

    private UploadEncoder() {}

    static byte[] created(ObjectAddress address, UUID upload) {
        return begin("InitiateMultipartUploadResult").element("Bucket", address.bucket())
                .element("Key", address.key()).element("UploadId", Upload.name(upload))
                .close("InitiateMultipartUploadResult").toBytes();
    }

    static byte[] completed(ObjectAddress address, String location, Manifest manifest) {
        XmlWriter xml = begin("CompleteMultipartUploadResult").element("Location", location)
                .element("Bucket", address.bucket()).element("Key", address.key())
                .element("ETag", manifest.etag());
        manifest.checksum().ifPresent(sum -> checksum(xml, sum).element("ChecksumType",
                sum.type()));
        return xml.close("CompleteMultipartUploadResult").toBytes();
    }

    static byte[] parts(UploadRequest.Parts request, PartPage page, String account) {
        XmlWriter xml = begin("ListPartsResult").element("Bucket", request.address().bucket())
                .element("Key", request.address().key())
                .element("UploadId", Upload.name(request.upload()));
        who(xml, "Initiator", account);
        who(xml, "Owner", account);
        xml.element("StorageClass", page.upload().metadata().storageClass())
                .element("PartNumberMarker", request.after());
        page.upload().checksums().header().ifPresent(header -> xml
                .element("ChecksumAlgorithm", algorithm(header)).element("ChecksumType",
                        page.upload().checksums().fullObject() ? "FULL_OBJECT" : "COMPOSITE"));
        if (!page.parts().isEmpty()) {
            xml.element("NextPartNumberMarker", page.parts().getLast().number());
        }
        xml.element("MaxParts", request.most()).element("IsTruncated", page.more());
        page.parts().forEach(part -> part(xml, part));
        return xml.close("ListPartsResult").toBytes();
    }

    private static void part(XmlWriter xml, Part part) {
        xml.open("Part").element("PartNumber", part.number())
                .element("LastModified", ListEncoder.time(part.modifiedMillis()))
                .element("ETag", part.etag()).element("Size", part.body().length());
        part.checksum().ifPresent(sum -> checksum(xml, sum));
        xml.close("Part");
    }

    static byte[] uploads(ListUploadsRequest request, ListUploads.Result result,
            boolean isUrlEncoded, String keyMarker, String account) {
        XmlWriter xml = begin("ListMultipartUploadsResult").element("Bucket", request.bucket())
                .element("KeyMarker", spelled(keyMarker, isUrlEncoded))
                .element("UploadIdMarker", request.after()
                        .flatMap(after -> after.id().map(Upload::name)).orElse(""));
        result.next().ifPresent(next -> xml
                .element("NextKeyMarker", spelled(next.key(), isUrlEncoded))
                .element("NextUploadIdMarker", next.id().map(Upload::name).orElse("")));
        if (!request.delimiter().isEmpty()) {
            xml.element("Delimiter", spelled(request.delimiter(), isUrlEncoded));
        }
        xml.element("Prefix", spelled(request.prefix(), isUrlEncoded));
        if (isUrlEncoded) {
            xml.element("EncodingType", "url");
        }
        xml.element("MaxUploads", request.most()).element("IsTruncated",
                result.next().isPresent());
        result.uploads().forEach(upload -> upload(xml, upload, isUrlEncoded, account));
        result.prefixes().forEach(prefix -> xml.open("CommonPrefixes")
                .element("Prefix", spelled(prefix, isUrlEncoded)).close("CommonPrefixes"));
        return xml.close("ListMultipartUploadsResult").toBytes();
    }

    private static void upload(XmlWriter xml, Upload upload, boolean isUrlEncoded,
            String account) {
        xml.open("Upload").element("Key", spelled(upload.key(), isUrlEncoded))
                .element("UploadId", upload.name());
        who(xml, "Initiator", account);
        who(xml, "Owner", account);
        xml.element("StorageClass", upload.metadata().storageClass()).element("Initiated",
                ListEncoder.time(upload.initiatedMillis()));
        Optional<String> header = upload.checksums().header();
        header.ifPresent(name -> xml.element("ChecksumAlgorithm", algorithm(name)).element(
                "ChecksumType", upload.checksums().fullObject() ? "FULL_OBJECT" : "COMPOSITE"));
        xml.close("Upload");
    }

    private static String spelled(String text, boolean isUrlEncoded) {
        return isUrlEncoded ? PercentCode.encode(text, true) : text;
    }

    private static void who(XmlWriter xml, String element, String account) {
        xml.open(element).element("ID", account).element("DisplayName", account).close(element);
    }

    private static XmlWriter checksum(XmlWriter xml, StoredChecksum sum) {
        return xml.element("Checksum" + algorithm(sum.header()), sum.base64());
    }

    static String algorithm(String header) {
        return header.substring(CHECKSUM.length()).toUpperCase(Locale.ROOT);
    }

    private static XmlWriter begin(String element) {
        return new XmlWriter(CHARS).declaration().openIn(element, ListEncoder.NAMESPACE);
    }
}
