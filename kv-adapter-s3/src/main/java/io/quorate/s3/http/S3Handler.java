package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.service.AwsService;
import io.quorate.kv.KvException;
import io.quorate.kv.RetryId;
import io.quorate.s3.error.KvFailureErrors;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.operation.Caller;
import io.quorate.s3.operation.CreateBucketRequest;
import io.quorate.s3.operation.GetObjectRequest;
import io.quorate.s3.operation.PutObject;
import io.quorate.s3.operation.PutObjectRequest;
import io.quorate.s3.operation.S3Request;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * The router: finds action and address, decodes, asks for permission, runs the operation, encodes.
 * Thread-safe.
 */
public final class S3Handler implements AwsHandler {
    private static final String RETRY_HEADER = "amz-sdk-invocation-id";
    private static final String UNKNOWN = "Unknown";

    private final Operations operations;
    private final List<String> baseDomains;
    private final int maxXmlBytes;

    /**
     * @param operations what requests are handed to
     * @param baseDomains below these a host name begins with a bucket's name
     * @param maxXmlBytes longest XML document accepted
     */
    public S3Handler(Operations operations, List<String> baseDomains, int maxXmlBytes) {
        this.operations = operations;
        this.baseDomains = List.copyOf(baseDomains);
        this.maxXmlBytes = maxXmlBytes;
    }

    @Override
    public AwsService service() {
        return AwsService.S3;
    }

    @Override
    public String actionOf(AwsExchange exchange) {
        try {
            return action(exchange, S3Target.of(exchange.head(), baseDomains)).wireName();
        } catch (S3Exception notBuilt) {
            return UNKNOWN;
        }
    }

    @Override
    public Mono<Void> handle(AwsExchange exchange) {
        return Mono.defer(() -> answer(exchange)).onErrorResume(S3Handler::isAnswerable,
                failure -> exchange.respondError(asAnswer(exchange, failure).toAwsError()));
    }

    private Mono<Void> answer(AwsExchange exchange) {
        S3Target target = S3Target.of(exchange.head(), baseDomains);
        S3Action action = action(exchange, target);
        HeaderRules.check(action, exchange.head().headers(), exchange.identity().accountId());
        return switch (target) {
            case S3Target.OfBucket(String bucket) -> exchange.body(maxXmlBytes)
                    .flatMap(body -> createBucket(exchange,
                            CreateBucketDecoder.decode(bucket, body)));
            case S3Target.OfObject(var address) -> action == S3Action.PUT_OBJECT
                    ? putObject(exchange, PutObjectDecoder.decode(address, exchange))
                    : getObject(exchange, GetObjectDecoder.decode(address, exchange));
            case S3Target.Service service -> throw new IllegalStateException("routed nowhere");
        };
    }

    private static S3Action action(AwsExchange exchange, S3Target target) {
        return S3Action.of(exchange.head().method(), target, exchange.query());
    }

    private Mono<Void> createBucket(AwsExchange exchange, CreateBucketRequest request) {
        return operations.createBucket().run(request, authorized(exchange, request))
                .flatMap(bucket -> created(exchange, bucket));
    }

    private static Mono<Void> created(AwsExchange exchange, Bucket bucket) {
        exchange.response().getHeaders().set(HttpHeaders.LOCATION, "/" + bucket.name());
        return exchange.respond(200, null, new byte[0]);
    }

    private Mono<Void> putObject(AwsExchange exchange, PutObjectRequest request) {
        return operations.putObject()
                .run(request, new ExchangeBody(exchange), authorized(exchange, request))
                .flatMap(result -> stored(exchange, result));
    }

    private static Mono<Void> stored(AwsExchange exchange, PutObject.Result result) {
        HttpHeaders headers = exchange.response().getHeaders();
        headers.set(HttpHeaders.ETAG, result.etag());
        result.checksum().ifPresent(checksum -> {
            headers.set(checksum.header(), checksum.base64());
            headers.set("x-amz-checksum-type", "FULL_OBJECT");
        });
        return exchange.respond(200, null, new byte[0]);
    }

    private Mono<Void> getObject(AwsExchange exchange, GetObjectRequest request) {
        return operations.getObject().run(request, authorized(exchange, request))
                .flatMap(result -> GetObjectEncoder.answer(exchange, request, result));
    }

    private static Caller authorized(AwsExchange exchange, S3Request request) {
        if (!exchange.authorize(request.iamName(), request.arn())) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
        Optional<RetryId> retryId = Optional.ofNullable(exchange.head().header(RETRY_HEADER))
                .map(id -> RetryId.digestOf(exchange.identity().name(), request.iamName(), id));
        return new Caller(exchange.identity().accountId(), retryId);
    }

    private static boolean isAnswerable(Throwable failure) {
        return failure instanceof S3Exception || failure instanceof KvException
                || failure instanceof TimeoutException;
    }

    private static S3Exception asAnswer(AwsExchange exchange, Throwable failure) {
        return switch (failure) {
            case S3Exception refusal -> refusal;
            case KvException store ->
                KvFailureErrors.of(store.failure(), exchange.requestId().value());
            default -> new S3Exception(S3Error.REQUEST_TIMEOUT);
        };
    }
}
