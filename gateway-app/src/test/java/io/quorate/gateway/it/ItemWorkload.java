package io.quorate.gateway.it;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Items of a DynamoDB table. */
public final class ItemWorkload implements Workload {
    static final String TABLE = "kill-nine";

    @Override
    public Session open(AwsClients clients) {
        DynamoDbClient client = clients.dynamoDb();
        try {
            client.createTable(table -> table.tableName(TABLE)
                    .keySchema(List.of(KeySchemaElement.builder().attributeName("id")
                            .keyType(KeyType.HASH).build()))
                    .attributeDefinitions(List.of(AttributeDefinition.builder()
                            .attributeName("id").attributeType(ScalarAttributeType.S).build()))
                    .billingMode(BillingMode.PAY_PER_REQUEST));
        } catch (ResourceInUseException e) {
            // From an earlier start.
        }
        return new Items(client);
    }

    private record Items(DynamoDbClient client) implements Session {
        @Override
        public void write(String id) {
            client.putItem(put -> put.tableName(TABLE).item(Map.of("id", text(id), "v", text(id))));
        }

        @Override
        public Set<String> missing(Collection<String> ids) {
            return ids.stream().filter(id -> !text(id).equals(read(id).get("v")))
                    .collect(Collectors.toSet());
        }

        private Map<String, AttributeValue> read(String id) {
            return client.getItem(get -> get.tableName(TABLE).consistentRead(true)
                    .key(Map.of("id", text(id)))).item();
        }

        private static AttributeValue text(String value) {
            return AttributeValue.fromS(value);
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
