package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Streams by an unmodified client. */
class DynamoDbStreamsIT {
    private static final String TABLE = "streamed";
    private static final int WRITERS = 8;
    private static final int ITEMS = 5;
    private static final int WRITES = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    private RunningServer server;
    private DynamoDbClient client;
    private DynamoDbStreamsClient streams;
    private String arn;

    @BeforeEach
    void start() {
        server = RunningServer.on(data);
        client = server.clients().dynamoDb();
        streams = server.clients().dynamoDbStreams();
        arn = client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(DynamoDbItems.attribute("a", ScalarAttributeType.S))
                .keySchema(DynamoDbItems.element("a", KeyType.HASH))
                .streamSpecification(stream -> stream.streamEnabled(true)
                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
                .tableDescription().latestStreamArn();
    }

    @AfterEach
    void stop() {
        streams.close();
        client.close();
        server.close();
    }

    @Test
    void aFollowerSeesEveryChangeOfEveryItemOnceAndInOrder() throws Exception {
        Map<String, String> iterators = iterators(ShardIteratorType.TRIM_HORIZON);
        List<Record> seen = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writing.add(writers.submit(() -> IntStream.range(0, WRITES)
                        .forEach(i -> add("item" + i % ITEMS))));
            }
            await().atMost(PATIENCE).until(() -> {
                seen.addAll(follow(iterators));
                return seen.size() >= WRITERS * WRITES;
            });
            for (Future<?> writer : writing) {
                writer.get();
            }
        }
        seen.addAll(follow(iterators));

        Map<String, List<Integer>> values = new HashMap<>();
        for (Record record : seen) {
            values.computeIfAbsent(DynamoDbItems.value(record.dynamodb().keys(), "a").s(),
                    any -> new ArrayList<>())
                    .add(Integer
                            .parseInt(DynamoDbItems.value(record.dynamodb().newImage(), "v").n()));
        }
        assertThat(values).hasSize(ITEMS);
        assertThat(values.values()).allSatisfy(counts -> assertThat(counts).isEqualTo(
                IntStream.rangeClosed(1, WRITERS * WRITES / ITEMS).boxed().toList()));
        assertThat(seen).extracting(Record::eventID).doesNotHaveDuplicates();
    }

    @Test
    void aRecordTellsWhatHappened() {
        Map<String, String> iterators = iterators(ShardIteratorType.LATEST);
        add("k");
        client.deleteItem(request -> request.tableName(TABLE).key(key("k")));

        List<Record> records = follow(iterators);

        assertThat(records).extracting(Record::eventName).containsExactly(OperationType.INSERT,
                OperationType.REMOVE);
        assertThat(records.get(1).dynamodb().oldImage()).containsEntry("v",
                AttributeValue.fromN("1"));
        assertThat(records.get(1).dynamodb().hasNewImage()).isFalse();
        assertThat(records.getFirst().awsRegion()).isEqualTo("us-east-1");
        assertThat(records.getFirst().userIdentity()).isNull();
    }

    @Test
    void streamsAreListedDescribedAndEnd() {
        assertThat(streams.listStreams(request -> request.tableName(TABLE)).streams())
                .extracting(Stream::streamArn).containsExactly(arn);
        Map<String, String> iterators = iterators(ShardIteratorType.TRIM_HORIZON);
        client.updateTable(request -> request.tableName(TABLE)
                .streamSpecification(stream -> stream.streamEnabled(false)));

        assertThat(describe().streamStatus()).isEqualTo(StreamStatus.DISABLED);
        assertThat(iterators.values()).allSatisfy(iterator -> assertThat(
                streams.getRecords(request -> request.shardIterator(iterator)).nextShardIterator())
                .isNull());
        assertThatThrownBy(() -> streams.describeStream(
                request -> request.streamArn(arn.replace(TABLE, "nothing"))))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private void add(String key) {
        client.updateItem(request -> request.tableName(TABLE).key(key(key))
                .updateExpression("ADD v :one")
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of("a", AttributeValue.fromS(key));
    }

    private StreamDescription describe() {
        return streams.describeStream(request -> request.streamArn(arn)).streamDescription();
    }

    private Map<String, String> iterators(ShardIteratorType type) {
        Map<String, String> iterators = new HashMap<>();
        for (Shard shard : describe().shards()) {
            iterators.put(shard.shardId(), streams.getShardIterator(request -> request
                    .streamArn(arn).shardId(shard.shardId()).shardIteratorType(type))
                    .shardIterator());
        }
        return iterators;
    }

    /** Reads on in every shard, as the Kinesis Client Library does. */
    private List<Record> follow(Map<String, String> iterators) {
        List<Record> found = new ArrayList<>();
        iterators.replaceAll((shard, iterator) -> {
            GetRecordsResponse page = streams
                    .getRecords(request -> request.shardIterator(iterator).limit(7));
            found.addAll(page.records());
            return page.nextShardIterator();
        });
        return found;
    }
}
