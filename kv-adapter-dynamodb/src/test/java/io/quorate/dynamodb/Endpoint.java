package io.quorate.dynamodb;

import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.Permissions;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.kv.AtLeader;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.TransactionalKv;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** One node's DynamoDB endpoint, called without HTTP. */
public final class Endpoint {
    static final String VALIDATION = "com.amazon.coral.validate#ValidationException";
    static final String SERIALIZATION = "com.amazon.coral.service#SerializationException";
    static final String NOT_FOUND = "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException";
    static final Instant NOW = Instant.ofEpochMilli(1_764_000_000_123L);
    static final UUID TABLE_ID = new UUID(0x1234_5678_9ABC_4DEFL, 0x8000_0000_0000_0001L);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BODY_BYTES = 17 * 1024 * 1024;

    private final AwsHandler handler;
    private final DynamoDbAdapter adapter;
    private Identity identity = identity("admin", new Permissions.Admin());
    private String invocationId = "";
    private Instant now = NOW;

    /** An endpoint over the ports. */
    public Endpoint(TransactionalKv kv, AtLeader leader) {
        adapter = DynamoDbAdapter.of(kv, leader, () -> now, () -> TABLE_ID,
                MAX_BODY_BYTES);
        handler = adapter.handler();
    }

    static Identity identity(String name, Permissions permissions) {
        return new Identity(name, "000000000000", "", name, permissions);
    }

    /** Who calls from now on. */
    Endpoint as(Identity caller) {
        identity = caller;
        return this;
    }

    /** The {@code amz-sdk-invocation-id} of the calls that follow; "" for none. */
    public Endpoint invocation(String id) {
        invocationId = id;
        return this;
    }

    /** Moves this node's clock on. */
    Endpoint advance(Duration by) {
        now = now.plus(by);
        return this;
    }

    /** Sends a request about streams. */
    Answer streams(String action, String json) {
        return callTarget("DynamoDBStreams_20120810." + action,
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a request of an action. */
    public Answer call(String action, String json) {
        return callTarget("DynamoDB_20120810." + action, json.getBytes(StandardCharsets.UTF_8));
    }

    Answer callTarget(String target, byte[] body) {
        AwsHeaders headers = invocationId.isEmpty()
                ? AwsHeaders.of("X-Amz-Target", target)
                : AwsHeaders.of("X-Amz-Target", target, "amz-sdk-invocation-id", invocationId);
        FakeExchange exchange = new FakeExchange(identity, headers, body);
        handler.handle(exchange)
                .contextWrite(context -> Deadline.after(TIMEOUT).into(context)).block(TIMEOUT);
        return new Answer(exchange.status(),
                new String(exchange.answer(), StandardCharsets.UTF_8));
    }

    /** Does one round of upkeep, as the loop would on the leader. */
    void upkeep() {
        upkeep(1);
    }

    /** Does several rounds. */
    void upkeep(int rounds) {
        try (DynamoDbUpkeep upkeep = adapter.upkeep(new Leading())) {
            for (int i = 0; i < rounds; i++) {
                upkeep.round().block(TIMEOUT);
            }
        }
    }

    AwsHandler handler() {
        return handler;
    }

    /** Leads everything. */
    private static final class Leading implements LeaderProbe {
        @Override
        public Mono<Void> verifyLeader() {
            return Mono.empty();
        }

        @Override
        public Mono<Void> verifyLeaderFor(Key key) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> verifyLeaderOf(int groupId) {
            return Mono.empty();
        }

        @Override
        public Optional<String> knownLeader(int groupId) {
            return Optional.empty();
        }
    }

    /** Creates a table whose partition key is the text {@code a}. */
    public Endpoint withHashTable(String name) {
        return created(call("CreateTable", """
                {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]}""".formatted(name)));
    }

    /** Creates a table with the partition key {@code a} and the sort key {@code b}. */
    Endpoint withRangeTable(String name, String partitionType, String sortType) {
        return created(call("CreateTable", """
                {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"%s"},
                                         {"AttributeName":"b","AttributeType":"%s"}],
                 "KeySchema":[{"AttributeName":"a","KeyType":"HASH"},
                              {"AttributeName":"b","KeyType":"RANGE"}]}"""
                .formatted(name, partitionType, sortType)));
    }

    private Endpoint created(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("no table: " + answer);
        }
        return this;
    }

    /**
     * What was answered.
     *
     * @param status the HTTP status
     * @param body the JSON document
     */
    public record Answer(int status, String body) {
        static Answer ok(String body) {
            return new Answer(200, body);
        }

        static Answer error(String type, String message) {
            return new Answer(400, "{\"__type\":\"" + type + "\",\"message\":\""
                    + message.replace("\"", "\\\"") + "\"}");
        }

        static Answer invalid(String message) {
            return error(VALIDATION, message);
        }
    }
}
