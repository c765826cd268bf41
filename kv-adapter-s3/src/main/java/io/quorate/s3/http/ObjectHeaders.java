package io.quorate.s3.http;

import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectMetadata;
import io.quorate.s3.model.RangeRequest.Slice;
import io.quorate.s3.operation.GetObjectRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** Writes what an object's answer says of it. Pure functions. */
final class ObjectHeaders {
    private static final String USER_PREFIX = "x-amz-meta-";

    /** RFC 9110, section 5.6.7; unlike the JDK's RFC 1123 form it pads the day. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private ObjectHeaders() {}

    /** What a 304 says too. */
    static void writeValidators(HttpHeaders headers, Manifest manifest) {
        headers.set(HttpHeaders.ETAG, manifest.etag());
        headers.set(HttpHeaders.LAST_MODIFIED,
                HTTP_DATE.format(Instant
                        .ofEpochSecond(Math.floorDiv(manifest.modifiedMillis(), 1_000))
                        .atOffset(ZoneOffset.UTC)));
    }

    static void write(HttpHeaders headers, Manifest manifest, GetObjectRequest request) {
        writeValidators(headers, manifest);
        ObjectMetadata metadata = manifest.metadata();
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.set(HttpHeaders.CONTENT_TYPE, metadata.contentType());
        metadata.headers().forEach(headers::set);
        metadata.user().forEach((name, value) -> headers.set(USER_PREFIX + name, value));
        if (!metadata.storageClass().equals(ObjectMetadata.STANDARD)) {
            headers.set("x-amz-storage-class", metadata.storageClass());
        }
        request.overrides().forEach(headers::set);
    }

    static void writeChecksum(HttpHeaders headers, Manifest manifest) {
        manifest.checksum().ifPresent(checksum -> {
            headers.set(checksum.header(), checksum.base64());
            headers.set("x-amz-checksum-type", checksum.type());
        });
    }

    static void writeRange(HttpHeaders headers, Slice slice, long length) {
        headers.set(HttpHeaders.CONTENT_RANGE, "bytes " + slice.first() + "-"
                + (slice.first() + slice.count() - 1) + "/" + length);
    }
}
