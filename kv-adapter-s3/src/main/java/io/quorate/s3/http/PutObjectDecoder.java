package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.kv.BlobStore;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.ObjectMetadata;
import io.quorate.s3.model.WriteCondition;
import io.quorate.s3.operation.PutObjectRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the head of PutObject. Pure functions. */
final class PutObjectDecoder {
    private static final String USER_PREFIX = "x-amz-meta-";
    /** The framing of the request, not an encoding of the object. */
    private static final String FRAMING = "aws-chunked";
    /** Source: PutObject, "x-amz-storage-class". */
    private static final Set<String> STORAGE_CLASSES = Set.of("STANDARD", "REDUCED_REDUNDANCY",
            "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE",
            "OUTPOSTS", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS", "FSX_ONTAP");

    private PutObjectDecoder() {}

    static PutObjectRequest decode(ObjectAddress address, AwsExchange exchange) {
        AwsHeaders headers = exchange.head().headers();
        return new PutObjectRequest(address, length(exchange), metadata(headers),
                condition(headers));
    }

    /** How many bytes come; more than a file holds are refused. */
    static long length(AwsExchange exchange) {
        long length = exchange.payloadLength();
        if (length < 0) {
            throw new S3Exception(S3Error.MISSING_CONTENT_LENGTH);
        }
        if (length > BlobStore.MAX_LENGTH) {
            throw new S3Exception(S3Error.ENTITY_TOO_LARGE)
                    .with("ProposedSize", Long.toString(length))
                    .with("MaxSizeAllowed", Long.toString(BlobStore.MAX_LENGTH));
        }
        return length;
    }

    static WriteCondition condition(AwsHeaders headers) {
        String ifMatch = headers.first("if-match");
        String ifNoneMatch = headers.first("if-none-match");
        if (ifMatch == null && ifNoneMatch == null) {
            return new WriteCondition.None();
        }
        if (ifMatch == null) {
            if (!"*".equals(ifNoneMatch)) {
                throw S3Exception.notImplemented("If-None-Match");
            }
            return new WriteCondition.IfAbsent();
        }
        if (ifNoneMatch != null || ifMatch.equals("*")) {
            throw S3Exception.notImplemented("If-Match");
        }
        return new WriteCondition.IfMatch(GetObjectDecoder.quoted(ifMatch));
    }

    static ObjectMetadata metadata(AwsHeaders headers) {
        Map<String, String> stored = new HashMap<>();
        for (String name : ObjectMetadata.STORED_HEADERS) {
            String value = name.equals("content-encoding")
                    ? encoding(headers.first(name))
                    : headers.first(name);
            if (value != null && !value.isEmpty()) {
                stored.put(name, value);
            }
        }
        String type = headers.first("content-type");
        return new ObjectMetadata(
                type == null || type.isEmpty() ? ObjectMetadata.DEFAULT_TYPE : type, stored,
                user(headers), storageClass(headers.first("x-amz-storage-class")));
    }

    /** The object's own encodings. */
    private static @Nullable String encoding(@Nullable String value) {
        if (value == null || !value.contains(FRAMING)) {
            return value;
        }
        StringBuilder rest = new StringBuilder();
        for (String part : value.split(",", -1)) {
            if (!part.strip().equals(FRAMING)) {
                rest.append(rest.isEmpty() ? "" : ",").append(part.strip());
            }
        }
        return rest.toString();
    }

    private static Map<String, String> user(AwsHeaders headers) {
        Map<String, String> user = new HashMap<>();
        int bytes = 0;
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(USER_PREFIX)) {
                String key = lower.substring(USER_PREFIX.length());
                String value = String.join(",", headers.all(name));
                user.put(key, value);
                // HTTP headers come as ISO 8859-1: a char is a byte of whatever the client meant.
                bytes += key.length() + value.length();
            }
        }
        if (bytes > ObjectMetadata.MAX_USER_BYTES) {
            throw new S3Exception(S3Error.METADATA_TOO_LARGE)
                    .with("Size", Integer.toString(bytes))
                    .with("MaxSizeAllowed", Integer.toString(ObjectMetadata.MAX_USER_BYTES));
        }
        return user;
    }

    private static String storageClass(@Nullable String value) {
        if (value == null) {
            return ObjectMetadata.STANDARD;
        }
        if (!STORAGE_CLASSES.contains(value)) {
            throw new S3Exception(S3Error.INVALID_STORAGE_CLASS).with("StorageClassRequested",
                    value);
        }
        return value;
    }
}
