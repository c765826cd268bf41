package io.quorate.s3.http;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.policy.Policy;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import io.quorate.s3.operation.BucketSettings;
import io.quorate.s3.operation.SettingRequest;
import io.quorate.s3.setting.BucketPolicies;
import io.quorate.s3.setting.SettingKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Runs what is asked of settings, and answers. Thread-safe. */
final class SettingRoutes {
    private static final String JSON = "application/json";
    private static final int OK = 200;
    /** Source: the Put action of each, "Content-MD5" is required. */
    private static final Set<SettingKind> DIGESTED = Set.of(SettingKind.TAGGING, SettingKind.CORS,
            SettingKind.LIFECYCLE);

    private final BucketSettings settings;
    private final int maxXmlBytes;

    SettingRoutes(BucketSettings settings, int maxXmlBytes) {
        this.settings = settings;
        this.maxXmlBytes = maxXmlBytes;
    }

    Mono<Void> route(AwsExchange exchange, SettingAction action, String bucket) {
        SettingKind kind = action.kind();
        return switch (action.verb()) {
            case GET -> get(exchange, new SettingRequest.Get(bucket, kind));
            case STATUS -> status(exchange, new SettingRequest.PolicyStatus(bucket));
            case PUT -> exchange.body(maxXmlBytes)
                    .flatMap(body -> put(exchange, kind, bucket, body));
            case DELETE -> {
                var request = new SettingRequest.Delete(bucket, kind);
                yield settings.delete(request, S3Handler.authorized(exchange, request))
                        .then(Mono.defer(() -> BucketRoutes.noContent(exchange)));
            }
        };
    }

    private Mono<Void> get(AwsExchange exchange, SettingRequest.Get request) {
        return settings.get(request, S3Handler.authorized(exchange, request))
                .flatMap(setting -> request.kind() == SettingKind.POLICY
                        ? exchange.respond(OK, JSON,
                                setting.text().getBytes(StandardCharsets.UTF_8))
                        : exchange.respond(OK, BucketRoutes.XML, XmlTree.render(setting)));
    }

    private Mono<Void> status(AwsExchange exchange, SettingRequest.PolicyStatus request) {
        return settings.get(request, S3Handler.authorized(exchange, request)).flatMap(setting -> {
            Policy policy = BucketPolicies.policy(setting);
            return exchange.respond(OK, BucketRoutes.XML,
                    XmlTree.render(Element.of("PolicyStatus", Element.text("IsPublic",
                            Boolean.toString(policy.isPublic())))));
        });
    }

    private Mono<Void> put(AwsExchange exchange, SettingKind kind, String bucket, byte[] body) {
        // Who may not write it is not told what is wrong with it.
        S3Handler.authorized(exchange,
                new SettingRequest.Put(bucket, kind, Element.of(kind.parameter())));
        var request = new SettingRequest.Put(bucket, kind, document(exchange, kind, bucket, body));
        return settings.put(request, S3Handler.authorized(exchange, request))
                .then(Mono.defer(() -> kind == SettingKind.POLICY || kind == SettingKind.TAGGING
                        ? BucketRoutes.noContent(exchange)
                        : exchange.respond(OK, null, new byte[0])));
    }

    private static Element document(AwsExchange exchange, SettingKind kind, String bucket,
            byte[] body) {
        if (DIGESTED.contains(kind)) {
            requireDigest(exchange);
        }
        return switch (kind) {
            case POLICY -> BucketPolicies.element(text(body));
            case ACL -> AclDecoder.decode(exchange, body, S3Handler.ownerOf(exchange, bucket));
            case OWNERSHIP, PUBLIC_ACCESS_BLOCK, REQUEST_PAYMENT, TAGGING, CORS, LIFECYCLE,
                    ENCRYPTION, WEBSITE, LOGGING, NOTIFICATION ->
                XmlTree.parse(body);
        };
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException noText) {
            throw new S3Exception(S3Error.MALFORMED_POLICY);
        }
    }

    /** Source: S3 API reference: Content-MD5 or a checksum is required. */
    static void requireDigest(AwsExchange exchange) {
        boolean sent = exchange.head().header("content-md5") != null
                || exchange.head().header("x-amz-trailer") != null
                || exchange.head().headers().names().stream()
                        .anyMatch(name -> ChecksumAlgorithm
                                .ofHeader(name.toLowerCase(Locale.ROOT)).isPresent());
        if (!sent) {
            throw new S3Exception(S3Error.INVALID_REQUEST,
                    "Missing required header for this request: Content-MD5");
        }
    }
}
