package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.Message;
import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** PutItem, or strongly consistent GetItem, on one table; a read's value is compared. */
final class DynamoDbWorkload implements Workload {
    private static final String TABLE = "QuorateBench";
    private static final String API = "DynamoDB_20120810.";

    private final Endpoint endpoint;
    private final Shape shape;
    private final boolean put;

    DynamoDbWorkload(Endpoint endpoint, Shape shape, boolean put) {
        this.endpoint = endpoint;
        this.shape = shape;
        this.put = put;
    }

    @Override
    public void prepare(OneByOne connection) throws IOException {
        SignedRequests requests = requests();
        Reply created = connection.call(requests.json("1.0", API + "CreateTable", """
                {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",\
                "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],\
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}""".formatted(TABLE)));
        if (!created.isOk() && !created.text().contains("ResourceInUseException")) {
            throw new IOException("CreateTable: " + created);
        }
        awaitActive(connection, requests);
        for (int item = 0; !put && item < shape.items(); item++) {
            Reply reply = connection.call(putItem(requests, item));
            if (!reply.isOk()) {
                throw new IOException("PutItem: " + reply);
            }
        }
    }

    @Override
    public Session session(int connection) {
        return new Items(connection);
    }

    private static void awaitActive(OneByOne connection, SignedRequests requests)
            throws IOException {
        String describe = "{\"TableName\":\"" + TABLE + "\"}";
        for (int attempt = 0; attempt < 1000; attempt++) {
            Reply reply = connection.call(requests.json("1.0", API + "DescribeTable", describe));
            if (reply.isOk() && reply.text().contains("\"ACTIVE\"")) {
                return;
            }
        }
        throw new IOException("the table does not become active");
    }

    private SignedRequests requests() {
        return new SignedRequests(endpoint, "dynamodb", Clock.systemUTC());
    }

    private Message putItem(SignedRequests requests, long item) {
        return requests.json("1.0", API + "PutItem",
                "{\"TableName\":\"" + TABLE + "\",\"Item\":{\"pk\":{\"S\":\"" + key(item)
                        + "\"},\"v\":{\"S\":\"" + value(item) + "\"}}}");
    }

    private static String key(long item) {
        return "item-" + item;
    }

    private String value(long item) {
        return Payloads.of(key(item), shape.valueBytes());
    }

    private final class Items implements Session {
        private final SignedRequests requests = requests();
        private long next;
        private long item;

        Items(int connection) {
            this.next = shape.first(connection);
        }

        @Override
        public Call next() {
            item = next++ % shape.items();
            if (put) {
                return new Call("PutItem", putItem(requests, item));
            }
            return new Call("GetItem", requests.json("1.0", API + "GetItem",
                    "{\"TableName\":\"" + TABLE + "\",\"ConsistentRead\":true,\"Key\":{\"pk\":"
                            + "{\"S\":\"" + key(item) + "\"}}}"));
        }

        @Override
        public Optional<String> check(Reply reply) {
            boolean right = reply.isOk()
                    && (put || reply.text().contains("\"" + value(item) + "\""));
            return right ? Optional.empty() : Optional.of(reply.toString());
        }
    }
}
