package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** One operation on one table; values that are read are compared, counts must rise. */
final class DynamoDbWorkload implements Workload {
    private static final int TRANSACTION = 4;
    private static final long OWN = 1L << 40;
    private static final Pattern COUNT = Pattern.compile("\"n\":\\{\"N\":\"(\\d+)\"\\}");

    private final DynamoDbTable table;
    private final Shape shape;
    private final DynamoDbOperation operation;

    DynamoDbWorkload(Endpoint endpoint, Shape shape, DynamoDbOperation operation) {
        boolean sorted = operation == DynamoDbOperation.QUERY_100;
        if (sorted && shape.items() % DynamoDbTable.PARTITION != 0) {
            throw new IllegalArgumentException(
                    "the items must fill partitions of " + DynamoDbTable.PARTITION);
        }
        this.table = new DynamoDbTable(endpoint, shape, sorted);
        this.shape = shape;
        this.operation = operation;
    }

    @Override
    public void prepare(OneByOne connection) throws IOException {
        table.create(connection);
        if (operation.reads()) {
            table.load();
        }
    }

    @Override
    public Session session(int connection) {
        return new Items(connection);
    }

    private final class Items implements Session {
        private final SignedRequests requests = table.requests();
        private final int connection;
        private long next;
        private long item;
        private long counted;

        Items(int connection) {
            this.connection = connection;
            this.next = shape.first(connection);
        }

        @Override
        public Call next() {
            item = next++ % shape.items();
            return new Call(operation.action(), table.call(requests, operation, body()));
        }

        private String body() {
            String named = "{\"TableName\":\"" + table.name() + "\",";
            return switch (operation) {
                case PUT -> named + "\"Item\":" + table.item(item) + "}";
                case GET -> named + "\"ConsistentRead\":true,\"Key\":{" + table.key(item) + "}}";
                case UPDATE_HOT -> named + "\"Key\":{\"pk\":{\"S\":\"hot\"}},"
                        + "\"UpdateExpression\":\"ADD n :one\",\"ReturnValues\":\"UPDATED_NEW\","
                        + "\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}";
                case QUERY_100 -> named + "\"ConsistentRead\":true,"
                        + "\"KeyConditionExpression\":\"pk = :pk\","
                        + "\"ExpressionAttributeValues\":{\":pk\":{\"S\":\""
                        + DynamoDbTable.partition(item) + "\"}}}";
                case BATCH_WRITE_25 -> table.batch(LongStream.range(0, DynamoDbTable.BATCH)
                        .map(i -> OWN * (connection + 1) + item * DynamoDbTable.BATCH + i).boxed()
                        .toList());
                case TRANSACT_4 -> transaction();
            };
        }

        /** Items of this connection alone, so that no transaction meets another one. */
        private String transaction() {
            return "{\"TransactItems\":[" + LongStream.range(0, TRANSACTION)
                    .mapToObj(i -> "{\"Put\":{\"TableName\":\"" + table.name() + "\",\"Item\":"
                            + table.item(OWN * (connection + 1) + item * TRANSACTION + i) + "}}")
                    .collect(Collectors.joining(",")) + "]}";
        }

        @Override
        public Optional<String> check(Reply reply) {
            boolean right = switch (operation) {
                case PUT, TRANSACT_4 -> reply.isOk();
                case GET -> reply.isOk()
                        && reply.text().contains("\"" + table.value(item) + "\"");
                case UPDATE_HOT -> rises(reply);
                case QUERY_100 -> isWhole(reply);
                case BATCH_WRITE_25 -> DynamoDbTable.isProcessed(reply);
            };
            return right ? Optional.empty() : Optional.of(reply.toString());
        }

        private boolean rises(Reply reply) {
            Matcher count = COUNT.matcher(reply.text());
            if (!reply.isOk() || !count.find()) {
                return false;
            }
            long before = counted;
            counted = Long.parseLong(count.group(1));
            return counted > before;
        }

        private boolean isWhole(Reply reply) {
            long first = item - item % DynamoDbTable.PARTITION;
            return reply.isOk()
                    && reply.text().contains("\"Count\":" + DynamoDbTable.PARTITION + ",")
                    && List.of(first, first + DynamoDbTable.PARTITION - 1).stream()
                            .allMatch(one -> reply.text()
                                    .contains("\"" + table.value(one) + "\""));
        }
    }
}
