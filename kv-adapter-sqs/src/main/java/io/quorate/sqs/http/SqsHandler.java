package io.quorate.sqs.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.service.AwsService;
import io.quorate.kv.KvException;
import io.quorate.kv.RetryId;
import io.quorate.sqs.error.KvFailureErrors;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.operation.Caller;
import io.quorate.sqs.operation.SqsRequest;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The router: finds protocol and action, decodes, asks for permission, runs the operation, encodes.
 * Thread-safe.
 */
public final class SqsHandler implements AwsHandler {
    private static final String RETRY_HEADER = "amz-sdk-invocation-id";

    private final Operations operations;
    private final QueueUrls urls;
    private final int maxBodyBytes;

    /**
     * @param operations what requests are handed to
     * @param urls makes and reads queue URLs
     * @param maxBodyBytes longest request accepted
     */
    public SqsHandler(Operations operations, QueueUrls urls, int maxBodyBytes) {
        this.operations = operations;
        this.urls = urls;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public AwsService service() {
        return AwsService.SQS;
    }

    @Override
    public String actionOf(AwsExchange exchange) {
        return JsonCodec.action(exchange.head()).filter(SqsHandler::isKnown).orElse("Unknown");
    }

    @Override
    public Mono<Void> handle(AwsExchange exchange) {
        return exchange.body(maxBodyBytes).flatMap(body -> answer(exchange, body)).onErrorResume(
                SqsHandler::isAnswerable, failure -> exchange
                        .respondError(asAnswer(exchange, failure).toAwsError()));
    }

    private Mono<Void> answer(AwsExchange exchange, byte[] body) {
        Codec codec = JsonCodec.action(exchange.head()).isPresent()
                ? new JsonCodec(exchange, urls, body)
                : new QueryCodec(exchange, urls, body);
        SqsAction action = route(exchange, codec.action());
        SqsRequest request = codec.decode(action);
        authorize(exchange, action, request.queue());
        return operations.run(request, caller(exchange, action))
                .flatMap(result -> exchange.respond(200, codec.contentType(),
                        codec.encode(action, result)));
    }

    private static SqsAction route(AwsExchange exchange, String name) {
        exchange.action(isKnown(name) ? name : "Unknown");
        return SqsAction.of(name)
                .orElseThrow(() -> new SqsException(SqsError.UNKNOWN_OPERATION,
                        "The action or operation requested is invalid."));
    }

    private static boolean isKnown(String name) {
        return SqsAction.of(name).isPresent();
    }

    private static Caller caller(AwsExchange exchange, SqsAction action) {
        Optional<RetryId> retryId = Optional.ofNullable(exchange.head().header(RETRY_HEADER))
                .map(id -> RetryId
                        .digestOf(exchange.identity().name(), action.wireName(), id));
        return new Caller(exchange.identity().accountId(), exchange.identity().accountId(),
                exchange.region(), retryId);
    }

    /** Queues of other accounts would need a policy of theirs, which is not built. */
    private static void authorize(AwsExchange exchange, SqsAction action, QueueName queue) {
        String arn = queue.arn(exchange.region());
        if (!queue.account().equals(exchange.identity().accountId())) {
            throw new SqsException(SqsError.ACCESS_DENIED,
                    "Access to the resource " + arn + " is denied.");
        }
        if (!exchange.authorize(action.iamName(), arn)) {
            throw new SqsException(SqsError.ACCESS_DENIED,
                    "User: " + exchange.identity().name() + " is not authorized to perform: "
                            + action.iamName() + " on resource: " + arn
                            + " because no identity-based policy allows the " + action.iamName()
                            + " action");
        }
    }

    private static boolean isAnswerable(Throwable failure) {
        return failure instanceof SqsException || failure instanceof KvException;
    }

    private static SqsException asAnswer(AwsExchange exchange, Throwable failure) {
        return failure instanceof KvException store
                ? KvFailureErrors.of(store.failure(), exchange.requestId().value())
                : (SqsException) failure;
    }
}
