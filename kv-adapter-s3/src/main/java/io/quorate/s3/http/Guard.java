package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.MalformedRequestException;
import io.quorate.aws.request.PercentCode;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.operation.BucketSettings;
import io.quorate.s3.setting.BucketAccess;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks up who may do what with the buckets that a request names. Thread-safe. */
final class Guard {
    private static final String OWNER = "x-amz-expected-bucket-owner";
    private static final String SOURCE = "x-amz-copy-source";
    private static final String SOURCE_OWNER = "x-amz-source-expected-bucket-owner";
    /** The target's and the source's. */
    private static final int MAX_BUCKETS = 2;

    private final BucketSettings settings;

    Guard(BucketSettings settings) {
        this.settings = settings;
    }

    /** The request, guarded; fails if a bucket is not whose the client expects it to be. */
    Mono<GuardedExchange> guarded(AwsExchange exchange, S3Target target) {
        Set<String> names = new LinkedHashSet<>();
        Optional<String> bucket = target.bucketName();
        Optional<String> source = source(exchange.head().header(SOURCE));
        bucket.ifPresent(names::add);
        source.ifPresent(names::add);
        if (names.isEmpty()) {
            return Mono.just(new GuardedExchange(exchange, Map.of()));
        }
        return Flux.fromIterable(names)
                .flatMap(name -> settings.access(name).flatMap(Mono::justOrEmpty), MAX_BUCKETS)
                .collectMap(access -> access.bucket().name()).map(found -> {
                    expect(exchange, OWNER, bucket.map(found::get));
                    expect(exchange, SOURCE_OWNER, source.map(found::get));
                    return new GuardedExchange(exchange, found);
                });
    }

    private static void expect(AwsExchange exchange, String header,
            Optional<BucketAccess> bucket) {
        String owner = exchange.head().header(header);
        if (owner != null
                && bucket.filter(one -> !one.bucket().account().equals(owner)).isPresent()) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
    }

    /** The bucket of {@code /bucket/key} or {@code bucket/key}; whatever else it is, is for the decoder. */
    private static Optional<String> source(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        try {
            String path = PercentCode.decode(header, false);
            String relative = path.startsWith("/") ? path.substring(1) : path;
            int slash = relative.indexOf('/');
            return slash <= 0 ? Optional.empty() : Optional.of(relative.substring(0, slash));
        } catch (MalformedRequestException malformed) {
            return Optional.empty();
        }
    }
}
