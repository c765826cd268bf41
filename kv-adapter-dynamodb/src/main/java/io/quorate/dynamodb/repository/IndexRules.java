package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemReader;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.ScalarType;
import io.quorate.dynamodb.model.SecondaryIndex;
import java.util.List;
import java.util.Optional;

/** What indexes demand of the attributes they are sorted by, where an item has them. Pure functions. */
public final class IndexRules {
    private IndexRules() {}

    /** Checks an item that is put. */
    public static void checkPut(List<SecondaryIndex> indexes, Item item) {
        for (SecondaryIndex index : indexes) {
            for (AttributeDefinition key : index.keys().all()) {
                checkPut(index, key, item);
            }
            checkLengths(index, item);
        }
    }

    private static void checkPut(SecondaryIndex index, AttributeDefinition key, Item item) {
        Optional<ItemReader> value = item.find(key.name());
        if (value.isEmpty()) {
            return;
        }
        AttributeType actual = value.get().type();
        if (actual != key.type().attributeType()) {
            throw DynamoDbException.invalidParameter("Type mismatch for Index Key " + key.name()
                    + " Expected: " + key.type() + " Actual: " + actual + " IndexName: "
                    + index.name());
        }
        if (key.type() != ScalarType.N && value.get().length() == 0) {
            throw emptyKey(index, key);
        }
    }

    /** Checks an item that an update made. */
    static void checkUpdated(List<SecondaryIndex> indexes, Item item) {
        for (SecondaryIndex index : indexes) {
            for (AttributeDefinition key : index.keys().all()) {
                Optional<ItemReader> value = item.find(key.name());
                if (value.isEmpty()) {
                    continue;
                }
                if (value.get().type() != key.type().attributeType()) {
                    throw DynamoDbException.validation("The update expression attempted to update"
                            + " the secondary index key to unsupported type");
                }
                if (key.type() != ScalarType.N && value.get().length() == 0) {
                    throw emptyKey(index, key);
                }
            }
            checkLengths(index, item);
        }
    }

    private static void checkLengths(SecondaryIndex index, Item item) {
        if (length(index.keys().partition(), item) > KeySchema.MAX_PARTITION_BYTES) {
            throw DynamoDbException.invalidParameter(
                    "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        }
        if (length(index.keys().sort(), item) > KeySchema.MAX_SORT_BYTES) {
            throw DynamoDbException.invalidParameter(
                    "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
        }
    }

    private static int length(List<AttributeDefinition> attributes, Item item) {
        int length = 0;
        for (AttributeDefinition attribute : attributes) {
            Optional<ItemReader> value = item.find(attribute.name());
            if (value.isPresent() && value.get().type() == attribute.type().attributeType()) {
                length += value.get().length();
            }
        }
        return length;
    }

    private static DynamoDbException emptyKey(SecondaryIndex index, AttributeDefinition key) {
        String kind = key.type() == ScalarType.S ? "string" : "binary";
        return DynamoDbException.validation("One or more parameter values are not valid. A value"
                + " specified for a secondary index key is not supported. The AttributeValue for a"
                + " key attribute cannot contain an empty " + kind + " value. IndexName: "
                + index.name() + ", IndexKey: " + key.name());
    }
}
