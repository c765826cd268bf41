package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemReader;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.ScalarType;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a table demands of the key attributes of items and requests. Pure functions. */
final class KeyRules {
    private static final String MISMATCH = "The provided key element does not match the schema";

    private KeyRules() {}

    /** The key of an item that is to be written; every failure is a ValidationException. */
    static PrimaryKey keyOfItem(KeySchema schema, Item item) {
        return key(schema, item, KeyRules::valueInItem);
    }

    /** The key a request names; it must have the key's attributes and no other. */
    static PrimaryKey keyOnly(KeySchema schema, Item attributes) {
        if (count(attributes) != schema.size()) {
            throw DynamoDbException.validation(MISMATCH);
        }
        return key(schema, attributes, KeyRules::valueInKey);
    }

    private static PrimaryKey key(KeySchema schema, Item item,
            BiFunction<AttributeDefinition, Item, byte[]> valueOf) {
        AttributeDefinition sort = schema.sort();
        byte[] partition = valueOf.apply(schema.partition(), item);
        byte[] sortValue = sort == null ? null : valueOf.apply(sort, item);
        checkValue(schema.partition(), partition, KeySchema.MAX_PARTITION_BYTES,
                "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        if (sort != null && sortValue != null) {
            checkValue(sort, sortValue, KeySchema.MAX_SORT_BYTES,
                    "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
        }
        return new PrimaryKey(partition, sortValue);
    }

    private static byte[] valueInItem(AttributeDefinition attribute, Item item) {
        ItemReader value = item.find(attribute.name())
                .orElseThrow(() -> DynamoDbException.invalidParameter(
                        "Missing the key " + attribute.name() + " in the item"));
        AttributeType actual = value.type();
        if (actual != attribute.type().attributeType()) {
            throw DynamoDbException.invalidParameter("Type mismatch for key " + attribute.name()
                    + " expected: " + attribute.type() + " actual: " + actual);
        }
        return value.copyBytes();
    }

    private static byte[] valueInKey(AttributeDefinition attribute, Item key) {
        Optional<ItemReader> value = key.find(attribute.name());
        if (value.isEmpty() || value.get().type() != attribute.type().attributeType()) {
            throw DynamoDbException.validation(MISMATCH);
        }
        return value.get().copyBytes();
    }

    private static void checkValue(AttributeDefinition attribute, byte[] value, int maxBytes,
            String tooLong) {
        if (attribute.type() == ScalarType.N) {
            return;
        }
        if (value.length == 0) {
            String kind = attribute.type() == ScalarType.S ? "string" : "binary";
            throw DynamoDbException.validation("One or more parameter values are not valid. The"
                    + " AttributeValue for a key attribute cannot contain an empty " + kind
                    + " value. Key: " + attribute.name());
        }
        if (value.length > maxBytes) {
            throw DynamoDbException.invalidParameter(tooLong);
        }
    }

    /** The attributes of an item's key, as they are in the item. */
    static Item keyOf(List<String> names, Item item) {
        return Projection.ofAttributes(names).of(item);
    }

    /** The partition key alone. */
    static Item partitionOf(KeySchema schema, Item item) {
        return keyOf(List.of(schema.partition().name()), item);
    }

    static int count(Item item) {
        int count = 0;
        for (ItemReader reader = item.reader(); !reader.atEnd(); reader.skipValue()) {
            reader.skip(reader.length());
            count++;
        }
        return count;
    }
}
