package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.proxy.Direction;
import io.quorate.fixtures.proxy.TcpProxy;
import io.quorate.gateway.it.AwsClients;
import io.quorate.gateway.it.ItemWorkload;
import io.quorate.gateway.it.Workload;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Changes of one item: what a call finds tells whether an earlier one was applied twice. */
final class RetriedItems implements RetriedCall {
    private static final String TABLE = "kill-nine";
    private static final Map<String, AttributeValue> ONE = Map.of(":one",
            AttributeValue.fromN("1"));

    private final ClusterNode entry;
    private final TcpProxy proxy;
    private final DynamoDbClient client;
    private final String id;
    private final Change change;

    /** One way to change it. */
    private interface Change {
        /** Makes the change and asserts what it is answered. */
        void make(DynamoDbClient client, String id, int call);
    }

    private RetriedItems(ClusterNode entry, String id, Change change) {
        this.entry = entry;
        this.id = id;
        this.change = change;
        try (Workload.Session table = new ItemWorkload().open(entry.clients())) {
            table.write("table is there");
        }
        proxy = TcpProxy.before(entry.port());
        client = AwsClients.of(proxy.port()).dynamoDb();
    }

    /** PutItem: the old item is told by the attempt that is heard, though the lost one replaced it. */
    static RetriedCall puts(ClusterNode entry) {
        return new RetriedItems(entry, "put", (client, id, call) -> assertThat(client
                .putItem(put -> put.tableName(TABLE).item(item(id, call + 1))
                        .returnValues(ReturnValue.ALL_OLD))
                .attributes()).isEqualTo(call == 0 ? Map.of() : item(id, call)));
    }

    /** UpdateItem with ADD. */
    static RetriedCall additions(ClusterNode entry) {
        return new RetriedItems(entry, "add", (client, id, call) -> assertThat(client
                .updateItem(update -> update.tableName(TABLE).key(key(id))
                        .updateExpression("ADD v :one").expressionAttributeValues(ONE)
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes()).isEqualTo(item(id, call + 1)));
    }

    /** TransactWriteItems with a token of the client's. */
    static RetriedCall transactions(ClusterNode entry) {
        return new RetriedItems(entry, "transact", (client, id, call) -> client
                .transactWriteItems(write -> write.clientRequestToken(UUID.randomUUID().toString())
                        .transactItems(add(id), add(id + "-beside"))));
    }

    @Override
    public void call(int call) {
        proxy.loseNext(Direction.TO_CLIENT, 1);
        change.make(client, id, call);
        assertThat(proxy.lossesLeft(Direction.TO_CLIENT)).as("answers not lost").isZero();
    }

    @Override
    public void assertAppliedOnce(int calls) {
        try (DynamoDbClient direct = entry.clients().dynamoDb()) {
            assertThat(direct.getItem(get -> get.tableName(TABLE).key(key(id)).consistentRead(true))
                    .item()).as("what %s calls left", calls).isEqualTo(item(id, calls));
        }
    }

    private static TransactWriteItem add(String id) {
        return TransactWriteItem.builder().update(Update.builder().tableName(TABLE).key(key(id))
                .updateExpression("ADD v :one").expressionAttributeValues(ONE).build()).build();
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    private static Map<String, AttributeValue> item(String id, int v) {
        return Map.of("id", AttributeValue.fromS(id), "v",
                AttributeValue.fromN(String.valueOf(v)));
    }

    @Override
    public void close() {
        client.close();
        proxy.close();
    }
}
