package io.quorate.gateway.it;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
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
                .attributeDefinitions(attribute("a", ScalarAttributeType.S),
                        attribute("b", ScalarAttributeType.N),
                        attribute("g", ScalarAttributeType.S))
                .keySchema(element("a", KeyType.HASH), element("b", KeyType.RANGE))
                .localSecondaryIndexes(LocalSecondaryIndex.builder().indexName(LOCAL)
                        .keySchema(element("a", KeyType.HASH), element("g", KeyType.RANGE))
                        .projection(all -> all.projectionType(ProjectionType.ALL)).build())
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder().indexName(GLOBAL)
                        .keySchema(element("g", KeyType.HASH), element("b", KeyType.RANGE))
                        .projection(keys -> keys.projectionType(ProjectionType.KEYS_ONLY))
                        .build()));
    }

    static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
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

    /** An attribute that the item must have. */
    static AttributeValue value(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }
}
