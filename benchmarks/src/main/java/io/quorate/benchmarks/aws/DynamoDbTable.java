package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.Message;
import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Reply;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The table that is measured: items in partitions of a hundred if it has a sort key, else each by
 * itself. Immutable.
 *
 * @param endpoint where it is
 * @param shape its size
 * @param sorted whether it has a sort key
 */
record DynamoDbTable(Endpoint endpoint, Shape shape, boolean sorted) {
    /** Items of a partition. */
    static final int PARTITION = 100;
    /** Items of a batch. */
    static final int BATCH = 25;

    private static final String API = "DynamoDB_20120810.";
    /** Connections that load the table. */
    private static final int LOADERS = 8;
    /** How often what was not processed is sent again. */
    private static final int ATTEMPTS = 100;

    String name() {
        return sorted ? "QuorateBenchSorted" : "QuorateBench";
    }

    /** Requests of one connection. */
    SignedRequests requests() {
        return new SignedRequests(endpoint, "dynamodb", Clock.systemUTC());
    }

    Message call(SignedRequests requests, DynamoDbOperation operation, String body) {
        return requests.json("1.0", API + operation.action(), body);
    }

    /** Makes the table. */
    void create(OneByOne connection) throws IOException {
        SignedRequests requests = requests();
        String range = ",{\"AttributeName\":\"sk\",\"%s\":\"%s\"}";
        Reply created = connection.call(requests.json("1.0", API + "CreateTable", """
                {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",\
                "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}%s],\
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}%s]}""".formatted(name(),
                sorted ? range.formatted("AttributeType", "N") : "",
                sorted ? range.formatted("KeyType", "RANGE") : "")));
        if (!created.isOk() && !created.text().contains("ResourceInUseException")) {
            throw new IOException("CreateTable: " + created);
        }
        String describe = "{\"TableName\":\"" + name() + "\"}";
        for (int attempt = 0; attempt < 1000; attempt++) {
            Reply reply = connection.call(requests.json("1.0", API + "DescribeTable", describe));
            if (reply.isOk() && reply.text().contains("\"ACTIVE\"")) {
                return;
            }
        }
        throw new IOException("the table does not become active");
    }

    /** Puts all items, in batches, from several connections. */
    void load() throws IOException {
        Loaders.run(LOADERS, this::load);
    }

    private void load(int loader) throws IOException {
        SignedRequests requests = requests();
        try (OneByOne connection = new OneByOne(endpoint.address())) {
            for (long from = (long) loader * BATCH; from < shape.items(); from += LOADERS * BATCH) {
                write(connection, requests, from);
            }
        }
    }

    private void write(OneByOne connection, SignedRequests requests, long from)
            throws IOException {
        Message batch = call(requests, DynamoDbOperation.BATCH_WRITE_25, batch(
                LongStream.range(from, Math.min(shape.items(), from + BATCH)).boxed().toList()));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Reply reply = connection.call(batch);
            if (isProcessed(reply)) {
                return;
            }
            if (!reply.isOk()) {
                throw new IOException("BatchWriteItem: " + reply);
            }
        }
        throw new IOException("BatchWriteItem leaves items unprocessed");
    }

    static boolean isProcessed(Reply reply) {
        return reply.isOk() && reply.text().contains("\"UnprocessedItems\":{}");
    }

    /** The body of a BatchWriteItem. */
    String batch(List<Long> items) {
        return "{\"RequestItems\":{\"" + name() + "\":[" + items.stream()
                .map(item -> "{\"PutRequest\":{\"Item\":" + item(item) + "}}")
                .collect(Collectors.joining(",")) + "]}}";
    }

    /** An item. */
    String item(long item) {
        return "{" + key(item) + ",\"v\":{\"S\":\"" + value(item) + "\"}}";
    }

    /** The members of an item's key. */
    String key(long item) {
        return sorted
                ? "\"pk\":{\"S\":\"" + partition(item) + "\"},\"sk\":{\"N\":\"" + item % PARTITION
                        + "\"}"
                : "\"pk\":{\"S\":\"item-" + item + "\"}";
    }

    /** The partition of an item in a table with a sort key. */
    static String partition(long item) {
        return "partition-" + item / PARTITION;
    }

    /** An item's value. */
    String value(long item) {
        return Payloads.of("item-" + item, shape.valueBytes());
    }
}
