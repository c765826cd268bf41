package io.quorate.s3.http;

import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.MalformedRequestException;
import io.quorate.aws.request.PercentCode;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.ObjectAddress;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request's host and path name. Source: S3 user guide, "Virtual hosting of buckets". */
sealed interface S3Target {
    /** The service itself. */
    record Service() implements S3Target {}

    /** A bucket. */
    record OfBucket(String bucket) implements S3Target {}

    /** An object. */
    record OfObject(ObjectAddress address) implements S3Target {}

    /** What S3 calls it in errors. */
    default String kind() {
        return switch (this) {
            case Service service -> "SERVICE";
            case OfBucket bucket -> "BUCKET";
            case OfObject object -> "OBJECT";
        };
    }

    /** The bucket's name, if there is one. */
    default Optional<String> bucketName() {
        return switch (this) {
            case Service service -> Optional.empty();
            case OfBucket(String bucket) -> Optional.of(bucket);
            case OfObject(ObjectAddress address) -> Optional.of(address.bucket());
        };
    }

    /**
     * Reads the target.
     *
     * @param baseDomains below these a host name begins with the bucket's name
     */
    static S3Target of(AwsRequestHead head, List<String> baseDomains) {
        String path = head.rawPath();
        Optional<String> hosted = hostedBucket(head.header("host"), baseDomains);
        if (hosted.isPresent()) {
            return target(hosted.get(), path.substring(1));
        }
        if (path.equals("/")) {
            return new Service();
        }
        int slash = path.indexOf('/', 1);
        String bucket = decode(slash < 0 ? path.substring(1) : path.substring(1, slash));
        return target(bucket, slash < 0 ? "" : path.substring(slash + 1));
    }

    private static S3Target target(String bucket, String rawKey) {
        if (rawKey.isEmpty()) {
            return new OfBucket(bucket);
        }
        String key = decode(rawKey);
        if (key.getBytes(StandardCharsets.UTF_8).length > ObjectAddress.MAX_KEY_BYTES) {
            throw new S3Exception(S3Error.KEY_TOO_LONG);
        }
        return new OfObject(new ObjectAddress(bucket, key));
    }

    private static String decode(String raw) {
        try {
            return PercentCode.decode(raw, false);
        } catch (MalformedRequestException malformed) {
            throw new S3Exception(S3Error.INVALID_URI).with("URI", raw);
        }
    }

    private static Optional<String> hostedBucket(@Nullable String host,
            List<String> baseDomains) {
        if (host == null) {
            return Optional.empty();
        }
        int colon = host.lastIndexOf(':');
        String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
        return baseDomains.contains(name)
                ? Optional.empty()
                : baseDomains.stream().map(domain -> "." + domain).filter(name::endsWith)
                        .max(Comparator.comparingInt(String::length))
                        .map(domain -> name.substring(0, name.length() - domain.length()));
    }
}
