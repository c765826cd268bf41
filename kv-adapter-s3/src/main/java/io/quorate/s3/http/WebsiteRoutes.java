package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.MalformedRequestException;
import io.quorate.aws.request.PercentCode;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.operation.GetObjectRequest;
import io.quorate.s3.setting.SettingKind;
import io.quorate.s3.setting.Website;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Serves buckets as websites: pages, folders by their index document, redirects, and a page of the
 * site's own instead of an error. Source: S3 user guide, "Hosting a static website using Amazon S3".
 * Thread-safe.
 */
final class WebsiteRoutes {
    static final String ACTION = "WebsiteGetObject";
    private static final String HTML = "text/html; charset=utf-8";

    private final Operations operations;
    private final BiFunction<AwsExchange, Throwable, S3Exception> failures;

    /** @param failures how a failure reads to a client */
    WebsiteRoutes(Operations operations,
            BiFunction<AwsExchange, Throwable, S3Exception> failures) {
        this.operations = operations;
        this.failures = failures;
    }

    /** Answers a reader of a bucket's website. */
    Mono<Void> route(GuardedExchange exchange, String bucket) {
        return site(exchange, bucket)
                .flatMap(site -> page(exchange, bucket, site))
                .onErrorResume(S3Handler::isAnswerable,
                        failure -> error(exchange, failures.apply(exchange, failure)));
    }

    private Mono<Website> site(GuardedExchange exchange, String bucket) {
        return Mono.justOrEmpty(exchange.bucket(bucket))
                .switchIfEmpty(Mono.error(() -> new S3Exception(S3Error.NO_SUCH_BUCKET)
                        .with("BucketName", bucket)))
                .flatMap(access -> operations.buckets().settings().find(access.bucket(),
                        SettingKind.WEBSITE))
                .map(found -> Website.of(found
                        .orElseThrow(() -> SettingKind.WEBSITE.missing(bucket))));
    }

    private Mono<Void> page(GuardedExchange exchange, String bucket, Website site) {
        String method = exchange.head().method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new S3Exception(S3Error.METHOD_NOT_ALLOWED).with("Method", method);
        }
        String path = path(exchange);
        String key = site.keyOf(path);
        Optional<Website.Redirect> redirect = site.redirectOfAll(path)
                .or(() -> site.redirectOf(key));
        if (redirect.isPresent()) {
            return redirect(exchange, redirect.get());
        }
        return show(exchange.over(PageExchange.of(exchange)), new ObjectAddress(bucket, key))
                .onErrorResume(S3Exception.class,
                        failure -> otherwise(exchange, bucket, site, path, failure));
    }

    private static String path(AwsExchange exchange) {
        try {
            return PercentCode.decode(exchange.head().rawPath().substring(1), false);
        } catch (MalformedRequestException malformed) {
            throw new S3Exception(S3Error.INVALID_URI);
        }
    }

    private Mono<Void> show(GuardedExchange exchange, ObjectAddress address) {
        if (address.key().isEmpty() || address.key()
                .getBytes(StandardCharsets.UTF_8).length > ObjectAddress.MAX_KEY_BYTES) {
            return Mono.error(new S3Exception(S3Error.KEY_TOO_LONG));
        }
        return Mono.defer(() -> {
            GetObjectRequest request = GetObjectDecoder.decode(address, exchange);
            var caller = S3Handler.authorized(exchange, request);
            return exchange.head().method().equals("HEAD")
                    ? operations.objects().head().run(request, caller).flatMap(
                            result -> GetObjectEncoder.answerHead(exchange, request, result))
                    : operations.objects().get().run(request, caller).flatMap(
                            result -> GetObjectEncoder.answer(exchange, request, result));
        }).onErrorMap(S3Exception.class,
                failure -> S3Handler.withoutSecrets(exchange, address.bucket(), failure));
    }

    /** A folder without its slash, a rule for the error, or the site's page for errors. */
    private Mono<Void> otherwise(GuardedExchange exchange, String bucket, Website site,
            String path, S3Exception failure) {
        // Who may not list the bucket is told of a missing page that it is forbidden.
        boolean missing = failure.error() == S3Error.NO_SUCH_KEY
                || failure.error() == S3Error.ACCESS_DENIED;
        if (!missing || path.endsWith("/") || path.isEmpty()) {
            return instead(exchange, bucket, site, path, failure);
        }
        ObjectAddress index = new ObjectAddress(bucket, site.indexOf(path));
        GuardedExchange page = exchange.over(PageExchange.instead(exchange, 200));
        GetObjectRequest request = GetObjectDecoder.decode(index, page);
        return Mono.defer(() -> operations.objects().head().run(request,
                S3Handler.authorized(page, request)))
                .map(found -> true).onErrorReturn(S3Exception.class, false)
                .flatMap(isFolder -> isFolder
                        ? redirect(exchange,
                                new Website.Redirect(302, Optional.empty(), Optional.empty(),
                                        path + "/"))
                        : instead(exchange, bucket, site, path, failure));
    }

    private Mono<Void> instead(GuardedExchange exchange, String bucket, Website site, String path,
            S3Exception failure) {
        int status = failure.error().status();
        Optional<Website.Redirect> redirect = site.redirectOf(site.keyOf(path), status);
        if (redirect.isPresent()) {
            return redirect(exchange, redirect.get());
        }
        boolean clients = status >= 400 && status < 500;
        return site.errorDocument().filter(key -> clients)
                .map(key -> show(exchange.over(PageExchange.instead(exchange, status)),
                        new ObjectAddress(bucket, key))
                        .doOnSubscribe(begins -> exchange.errorCode(failure.error().code()))
                        .onErrorResume(S3Exception.class, missing -> error(exchange, failure)))
                .orElseGet(() -> error(exchange, failure));
    }

    private static Mono<Void> redirect(AwsExchange exchange, Website.Redirect to) {
        String protocol = to.protocol().orElse(exchange.request().getURI().getScheme());
        String own = exchange.head().header("host");
        String host = to.host().orElse(own == null ? "" : own);
        exchange.response().getHeaders().set(HttpHeaders.LOCATION,
                protocol + "://" + host + "/" + PercentCode.encode(to.key(), true));
        return exchange.respond(to.status(), null, new byte[0]);
    }

    private static Mono<Void> error(AwsExchange exchange, S3Exception failure) {
        exchange.errorCode(failure.error().code());
        int status = failure.error().status();
        String title = status + " " + switch (status) {
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 503 -> "Service Unavailable";
            default -> status < 500 ? "Bad Request" : "Internal Server Error";
        };
        String page = "<html>\n<head><title>" + title + "</title></head>\n<body>\n<h1>" + title
                + "</h1>\n<ul>\n<li>Code: " + failure.error().code() + "</li>\n<li>Message: "
                + escaped(failure.text()) + "</li>\n<li>RequestId: "
                + exchange.requestId().value() + "</li>\n<li>HostId: "
                + exchange.requestId().hostId() + "</li>\n</ul>\n<hr/>\n</body>\n</html>\n";
        exchange.response().getHeaders().set("x-amz-error-code", failure.error().code());
        return exchange.respond(status, HTML, page.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
