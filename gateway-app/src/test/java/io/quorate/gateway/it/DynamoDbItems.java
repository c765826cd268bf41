package io.quorate.gateway.it;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table with the keys a (text) and b (number) and two indexes, and items for it. */
final class DynamoDbItems {
    static final String TABLE = "things";
    static final String GLOBAL = "global";
    static final String LOCAL = "local";

    private DynamoDbItems() {}

    static void createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        a -> a.attributeName("a").attributeType(ScalarAttributeType.S),
                        b -> b.attributeName("b").attributeType(ScalarAttributeType.N),
                        g -> g.attributeName("g").attributeType(ScalarAttributeType.S))
                .keySchema(a -> a.attributeName("a").keyType(KeyType.HASH),
                        b -> b.attributeName("b").keyType(KeyType.RANGE))
                .localSecondaryIndexes(index -> index.indexName(LOCAL)
                        .keySchema(a -> a.attributeName("a").keyType(KeyType.HASH),
                                g -> g.attributeName("g").keyType(KeyType.RANGE))
                        .projection(all -> all.projectionType(ProjectionType.ALL)))
                .globalSecondaryIndexes(index -> index.indexName(GLOBAL)
                        .keySchema(g -> g.attributeName("g").keyType(KeyType.HASH),
                                b -> b.attributeName("b").keyType(KeyType.RANGE))
                        .projection(keys -> keys.projectionType(ProjectionType.KEYS_ONLY))));
    }

    static Map<String, AttributeValue> key(String a, int b) {
        return Map.of("a", AttributeValue.fromS(a), "b", number(b));
    }

    static Map<String, AttributeValue> item(String a, int b, String g) {
        Map<String, AttributeValue> item = new LinkedHashMap<>(key(a, b));
        item.put("g", AttributeValue.fromS(g));
        item.put("v", number(b));
        return item;
    }

    static AttributeValue number(int value) {
        return AttributeValue.fromN(String.valueOf(value));
    }
}
