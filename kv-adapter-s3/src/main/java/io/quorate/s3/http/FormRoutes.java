package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.PercentCode;
import io.quorate.aws.sigv4.PostPolicy;
import io.quorate.aws.xml.XmlWriter;
import io.quorate.kv.BlobStore;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.BucketEvent;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.operation.Caller;
import io.quorate.s3.operation.PutObject;
import io.quorate.s3.operation.PutObjectRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * Takes uploads of HTML forms. Source: S3 API reference, "POST Object", "Browser-based uploads using
 * POST". Thread-safe.
 */
final class FormRoutes {
    static final String ACTION = "PostObject";
    private static final String FORM = "multipart/form-data";
    private static final String FILE_NAME = "${filename}";
    private static final int BUFFERS_AHEAD = 1;
    private static final int CHARS = 512;

    private final PutObject put;
    private final InstantSource clock;

    FormRoutes(PutObject put, InstantSource clock) {
        this.put = put;
        this.clock = clock;
    }

    /** Whether the request is a form for a bucket. */
    static boolean isForm(AwsExchange exchange, S3Target target) {
        String type = exchange.head().header("content-type");
        return exchange.head().method().equals("POST") && target instanceof S3Target.OfBucket
                && exchange.head().rawQuery().isEmpty() && type != null
                && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    Mono<Void> route(GuardedExchange exchange, String bucket) {
        exchange.action(ACTION);
        if (exchange.payloadLength() < 0) {
            return Mono.error(new S3Exception(S3Error.MISSING_CONTENT_LENGTH));
        }
        String type = exchange.head().header("content-type");
        FormParser parser = new FormParser(type == null ? "" : type);
        return exchange.bodyStream()
                .concatMapIterable(buffer -> parser.next(bytes(buffer)), BUFFERS_AHEAD)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .concatWith(Mono.fromRunnable(parser::end))
                .switchOnFirst((first, all) -> first(exchange, bucket, first, all)).then();
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private Flux<Void> first(GuardedExchange exchange, String bucket,
            Signal<? extends FormParser.Found> first, Flux<FormParser.Found> all) {
        if (first.get() instanceof FormParser.Found.Fields fields) {
            Flux<byte[]> file = all.ofType(FormParser.Found.Bytes.class)
                    .map(FormParser.Found.Bytes::bytes);
            return upload(exchange, bucket, fields, file).flux();
        }
        // An error, or a form without a file, of which the parser has its own to say.
        return all.thenMany(Flux.empty());
    }

    private Mono<Void> upload(GuardedExchange exchange, String bucket,
            FormParser.Found.Fields found, Flux<byte[]> file) {
        Map<String, String> fields = new HashMap<>(found.values());
        String key = fields.getOrDefault("key", "").replace(FILE_NAME, found.fileName());
        if (key.isEmpty()) {
            throw S3Exception.invalidArgument(
                    "Bucket POST must contain a field named 'key'.  If it is specified, please"
                            + " check the order of the fields.",
                    "key", "");
        }
        fields.put("key", key);
        fields.put("bucket", bucket);
        GuardedExchange signed = signed(exchange, fields);
        Optional<FormPolicy> policy = Optional.ofNullable(fields.get("policy"))
                .map(FormPolicy::parse);
        policy.ifPresent(one -> one.check(fields, clock.instant()));
        long most = exchange.payloadLength() - found.bytesBefore();
        FormExchange form = new FormExchange(signed, fields,
                Math.min(most, BlobStore.MAX_LENGTH));
        HeaderRules.check(S3Action.PUT_OBJECT, form.head().headers());
        PutObjectRequest request = PutObjectDecoder.decode(address(bucket, key), form);
        Caller caller = S3Handler.authorized(signed.over(form), request);
        FormPolicy.Range range = policy.flatMap(FormPolicy::range)
                .orElse(new FormPolicy.Range(0, BlobStore.MAX_LENGTH));
        return put.run(request, new FormBody(form, file, range), caller,
                BucketEvent.Creation.POST)
                .flatMap(result -> answer(exchange, fields, result));
    }

    private static ObjectAddress address(String bucket, String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > ObjectAddress.MAX_KEY_BYTES) {
            throw new S3Exception(S3Error.KEY_TOO_LONG);
        }
        return new ObjectAddress(bucket, key);
    }

    /** A form with a policy is of who signed that; one without is of nobody, or of who signed the request. */
    private static GuardedExchange signed(GuardedExchange exchange, Map<String, String> fields) {
        if (!fields.containsKey("policy")) {
            return exchange;
        }
        return exchange.over(exchange.signedBy(new PostPolicy(
                required(fields, "x-amz-algorithm"), required(fields, "x-amz-credential"),
                required(fields, "x-amz-date"), required(fields, "policy"),
                required(fields, "x-amz-signature"), fields.get("x-amz-security-token"))));
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw S3Exception.invalidArgument("Bucket POST must contain a field named '" + name
                    + "'.  If it is specified, please check the order of the fields.", name, "");
        }
        return value;
    }

    private static Mono<Void> answer(AwsExchange exchange, Map<String, String> fields,
            PutObject.Result result) {
        HttpHeaders headers = exchange.response().getHeaders();
        headers.set(HttpHeaders.ETAG, result.etag());
        String key = fields.getOrDefault("key", "");
        String bucket = fields.getOrDefault("bucket", "");
        Optional<String> redirect = redirect(fields, bucket, key, result.etag());
        if (redirect.isPresent()) {
            headers.set(HttpHeaders.LOCATION, redirect.get());
            return exchange.respond(303, null, new byte[0]);
        }
        String location = location(exchange, bucket, key);
        headers.set(HttpHeaders.LOCATION, location);
        return switch (fields.getOrDefault("success_action_status", "204")) {
            case "200" -> exchange.respond(200, null, new byte[0]);
            case "201" -> exchange.respond(201, BucketRoutes.XML, new XmlWriter(CHARS)
                    .declaration().open("PostResponse").element("Location", location)
                    .element("Bucket", bucket).element("Key", key).element("ETag", result.etag())
                    .close("PostResponse").toBytes());
            default -> BucketRoutes.noContent(exchange);
        };
    }

    private static String location(AwsExchange exchange, String bucket, String key) {
        URI uri = exchange.request().getURI();
        @Nullable
        String host = exchange.head().header("host");
        boolean hosted = host != null && host.startsWith(bucket + ".");
        return uri.getScheme() + "://" + (host == null ? uri.getAuthority() : host)
                + (hosted ? "/" : "/" + bucket + "/") + PercentCode.encode(key, true);
    }

    /** Where the browser shall go, if the form says and it is an address. */
    private static Optional<String> redirect(Map<String, String> fields, String bucket, String key,
            String etag) {
        String to = fields.getOrDefault("success_action_redirect", fields.get("redirect"));
        if (to == null || to.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(to);
            if (uri.getHost() == null || !("http".equalsIgnoreCase(uri.getScheme())
                    || "https".equalsIgnoreCase(uri.getScheme()))) {
                return Optional.empty();
            }
            return Optional.of(to + (uri.getRawQuery() == null ? "?" : "&") + "bucket="
                    + PercentCode.encode(bucket, false) + "&key=" + PercentCode.encode(key, false)
                    + "&etag=" + PercentCode.encode(etag, false));
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
