package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.operation.BucketSettings;
import io.quorate.s3.setting.BucketAccess;
import io.quorate.s3.setting.CorsRules;
import io.quorate.s3.setting.SettingKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Answers what browsers ask before a page of another origin may use a bucket, and tells them on every
 * answer what that page may read. Source: S3 user guide, "Using cross-origin resource sharing
 * (CORS)", "How does Amazon S3 evaluate the CORS configuration on a bucket?". Thread-safe.
 */
final class Cors {
    private static final String PREFLIGHT = "OPTIONS";
    private static final String METHOD = "access-control-request-method";
    private static final String HEADERS = "access-control-request-headers";
    private static final int MAX_HEADERS = 100;
    private static final int OK = 200;

    private final BucketSettings settings;

    Cors(BucketSettings settings) {
        this.settings = settings;
    }

    /** Whether the request asks what another one may do. It is never signed. */
    static boolean isPreflight(AwsExchange exchange) {
        return exchange.head().method().equals(PREFLIGHT);
    }

    /** Answers a preflight request. */
    Mono<Void> preflight(AwsExchange exchange, S3Target target) {
        AwsHeaders headers = exchange.head().headers();
        String origin = headers.first("origin");
        String method = headers.first(METHOD);
        if (origin == null) {
            return Mono.error(new S3Exception(S3Error.BAD_CORS_REQUEST,
                    "Insufficient information. Origin request header needed."));
        }
        if (method == null) {
            return Mono.error(new S3Exception(S3Error.BAD_CORS_REQUEST,
                    "Invalid Access-Control-Request-Method: null"));
        }
        return rules(target).flatMap(rules -> {
            Optional<CorsRules.Grant> grant = rules.orElseThrow(() -> new S3Exception(
                    S3Error.ACCESS_FORBIDDEN, "CORSResponse: CORS is not enabled for this bucket."))
                    .find(origin, method, asked(headers.first(HEADERS)));
            HttpHeaders answer = exchange.response().getHeaders();
            write(answer, grant.orElseThrow(() -> new S3Exception(S3Error.ACCESS_FORBIDDEN)
                    .with("Method", method).with("ResourceType", target.kind())), true);
            return exchange.respond(OK, null, new byte[0]);
        });
    }

    private static List<String> asked(@Nullable String header) {
        if (header == null) {
            return List.of();
        }
        return Arrays.stream(header.split(",", MAX_HEADERS)).map(String::strip)
                .filter(name -> !name.isEmpty()).map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Tells the page what it may read of the answer that is to come, if it is of another origin. */
    Mono<Void> announce(GuardedExchange exchange, S3Target target) {
        String origin = exchange.head().header("origin");
        Optional<BucketAccess> bucket = target.bucketName().flatMap(exchange::bucket);
        if (origin == null || bucket.isEmpty()) {
            return Mono.empty();
        }
        return settings.find(bucket.get().bucket(), SettingKind.CORS).doOnNext(
                found -> found.map(CorsRules::of)
                        .flatMap(rules -> rules.find(origin, exchange.head().method(), List.of()))
                        .ifPresent(grant -> write(exchange.response().getHeaders(), grant, false)))
                .then();
    }

    private Mono<Optional<CorsRules>> rules(S3Target target) {
        String name = target.bucketName()
                .orElseThrow(() -> new S3Exception(S3Error.METHOD_NOT_ALLOWED));
        return settings.access(name)
                .map(access -> access
                        .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_BUCKET)).bucket())
                .flatMap(bucket -> settings.find(bucket, SettingKind.CORS))
                .map(found -> found.map(CorsRules::of));
    }

    private static void write(HttpHeaders headers, CorsRules.Grant grant, boolean preflight) {
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, grant.origin());
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, String.join(", ", grant.methods()));
        if (!grant.exposed().isEmpty()) {
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                    String.join(", ", grant.exposed()));
        }
        if (preflight && !grant.headers().isEmpty()) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
                    String.join(", ", grant.headers()));
        }
        grant.maxAgeSeconds()
                .ifPresent(age -> headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, age));
        if (!grant.isForAnyOrigin()) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        headers.set(HttpHeaders.VARY,
                "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    }
}
