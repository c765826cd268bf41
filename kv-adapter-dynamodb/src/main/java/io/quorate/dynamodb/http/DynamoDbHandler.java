package io.quorate.dynamodb.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.service.AwsService;
import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.error.KvFailureErrors;
import io.quorate.dynamodb.expression.Expressions;
import io.quorate.dynamodb.operation.Caller;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.FactsRequest;
import io.quorate.dynamodb.operation.StatementRequest;
import io.quorate.dynamodb.partiql.Statement;
import io.quorate.dynamodb.repository.ItemWrite;
import io.quorate.kv.KvException;
import io.quorate.kv.RetryId;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/**
 * The router: finds the action, decodes, asks for permission, runs the operation, encodes. Answers
 * on the thread on which the operation's result arrives. Thread-safe.
 */
public final class DynamoDbHandler implements AwsHandler {
    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final String TARGET_HEADER = "x-amz-target";
    private static final String UNKNOWN = "Unknown";

    private static final String INVOCATION_HEADER = "amz-sdk-invocation-id";

    private final Operations operations;
    private final Expressions expressions;
    private final int maxBodyBytes;

    /**
     * @param operations what requests are handed to
     * @param expressions parses expressions
     * @param maxBodyBytes longest request accepted
     */
    public DynamoDbHandler(Operations operations, Expressions expressions, int maxBodyBytes) {
        this.operations = operations;
        this.expressions = expressions;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public AwsService service() {
        return AwsService.DYNAMODB;
    }

    @Override
    public String actionOf(AwsExchange exchange) {
        return DynamoDbAction.knownName(target(exchange)).orElse(UNKNOWN);
    }

    @Override
    public Mono<Void> handle(AwsExchange exchange) {
        String target = target(exchange);
        DynamoDbAction action = DynamoDbAction.ofTarget(target).orElse(null);
        if (action == null) {
            return refuse(exchange, new DynamoDbException(DynamoDbError.UNKNOWN_OPERATION,
                    DynamoDbAction.knownName(target)
                            .map(name -> name + " is not supported by this server")
                            .orElse("The request names no action of DynamoDB")));
        }
        return exchange.body(maxBodyBytes).flatMap(body -> answer(exchange, action, body))
                .onErrorResume(DynamoDbHandler::isAnswerable,
                        failure -> refuse(exchange, asAnswer(exchange, failure)));
    }

    private Mono<Void> answer(AwsExchange exchange, DynamoDbAction action, byte[] body) {
        String account = exchange.identity().accountId();
        Caller caller = new Caller(account, exchange.region(), retryId(exchange, action));
        DynamoDbRequest request = decode(action, new RequestBody(body, account,
                expressions, Objects.requireNonNullElse(exchange.head().header("host"), "")));
        authorize(exchange, action, request, caller);
        return operations.run(request, caller).flatMap(
                result -> exchange.respond(200, CONTENT_TYPE, ResultEncoder.encode(result)));
    }

    private static Optional<RetryId> retryId(AwsExchange exchange, DynamoDbAction action) {
        String invocation = exchange.head().header(INVOCATION_HEADER);
        return invocation == null || invocation.isEmpty()
                ? Optional.empty()
                : Optional.of(RetryId.digestOf(exchange.identity().name(), action.wireName(),
                        invocation));
    }

    private static DynamoDbRequest decode(DynamoDbAction action, RequestBody body) {
        return switch (action) {
            case CREATE_TABLE -> CreateTableDecoder.decode(body.bytes(), body.account());
            case DESCRIBE_TABLE -> TableDecoder.describe(body);
            case LIST_TABLES -> TableDecoder.list(body);
            case DELETE_TABLE -> TableDecoder.delete(body);
            case UPDATE_TABLE -> UpdateTableDecoder.decode(body);
            case DESCRIBE_LIMITS -> TableDecoder.facts(body, FactsRequest.Question.LIMITS);
            case DESCRIBE_ENDPOINTS -> TableDecoder.facts(body, FactsRequest.Question.ENDPOINTS);
            case TAG_RESOURCE -> TagsDecoder.tag(body);
            case UNTAG_RESOURCE -> TagsDecoder.untag(body);
            case LIST_TAGS_OF_RESOURCE -> TableDecoder.listTags(body);
            case DESCRIBE_TIME_TO_LIVE -> TableDecoder.describeTimeToLive(body);
            case UPDATE_TIME_TO_LIVE -> TagsDecoder.timeToLive(body);
            case GET_RESOURCE_POLICY -> TableDecoder.getPolicy(body);
            case PUT_RESOURCE_POLICY -> TableDecoder.putPolicy(body);
            case DELETE_RESOURCE_POLICY -> TableDecoder.deletePolicy(body);
            case PUT_ITEM -> WriteItemDecoder.decode(body, ItemWrite.Action.PUT);
            case UPDATE_ITEM -> WriteItemDecoder.decode(body, ItemWrite.Action.UPDATE);
            case DELETE_ITEM -> WriteItemDecoder.decode(body, ItemWrite.Action.DELETE);
            case GET_ITEM -> GetItemDecoder.decode(body);
            case QUERY -> PageDecoder.query(body);
            case SCAN -> PageDecoder.scan(body);
            case BATCH_GET_ITEM -> BatchGetItemDecoder.decode(body);
            case BATCH_WRITE_ITEM -> BatchWriteItemDecoder.decode(body);
            case TRANSACT_GET_ITEMS -> TransactionDecoder.get(body);
            case TRANSACT_WRITE_ITEMS -> TransactionDecoder.write(body);
            case EXECUTE_STATEMENT -> StatementDecoder.execute(body);
            case BATCH_EXECUTE_STATEMENT -> StatementDecoder.batch(body);
            case EXECUTE_TRANSACTION -> StatementDecoder.transact(body);
            case LIST_STREAMS -> StreamDecoder.list(body);
            case DESCRIBE_STREAM -> StreamDecoder.describe(body);
            case GET_SHARD_ITERATOR -> StreamDecoder.begin(body);
            case GET_RECORDS -> StreamDecoder.read(body);
        };
    }

    private static void authorize(AwsExchange exchange, DynamoDbAction action,
            DynamoDbRequest request, Caller caller) {
        if (request instanceof StatementRequest statements) {
            for (Statement statement : statements.statements()) {
                authorize(exchange, "dynamodb:" + statement.action(), caller
                        .table(StatementRequest.resource(statement)).arn(caller.region()));
            }
            return;
        }
        if (request.resources().isEmpty()) {
            authorize(exchange, action.iamName(), caller.table("*").arn(caller.region()));
        }
        for (String resource : request.resources()) {
            authorize(exchange, action.iamName(), caller.table(resource).arn(caller.region()));
        }
    }

    private static void authorize(AwsExchange exchange, String iamName, String arn) {
        if (!exchange.authorize(iamName, arn)) {
            throw new DynamoDbException(DynamoDbError.ACCESS_DENIED,
                    "User: " + exchange.identity().name() + " is not authorized to perform: "
                            + iamName + " on resource: " + arn
                            + " because no identity-based policy allows the " + iamName
                            + " action");
        }
    }

    private static boolean isAnswerable(Throwable failure) {
        return failure instanceof DynamoDbException || failure instanceof KvException
                || failure instanceof JacksonException;
    }

    private static DynamoDbException asAnswer(AwsExchange exchange, Throwable failure) {
        return switch (failure) {
            case DynamoDbException refusal -> refusal;
            case KvException store ->
                KvFailureErrors.of(store.failure(), exchange.requestId().value());
            default -> DynamoDbException.serialization("The request is not well-formed JSON");
        };
    }

    private static Mono<Void> refuse(AwsExchange exchange, DynamoDbException refusal) {
        Optional<byte[]> document = ErrorEncoder.encode(refusal);
        if (document.isEmpty()) {
            return exchange.respondError(refusal.toAwsError());
        }
        exchange.errorCode(refusal.error().code());
        return exchange.respond(refusal.error().status(), CONTENT_TYPE, document.get());
    }

    private static String target(AwsExchange exchange) {
        String target = exchange.head().header(TARGET_HEADER);
        return target == null ? "" : target;
    }
}
