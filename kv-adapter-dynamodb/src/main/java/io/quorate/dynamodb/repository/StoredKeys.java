package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemReader;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.PrimaryKey;

/** The keys of items that are stored, and so have them. Pure functions. */
final class StoredKeys {
    private StoredKeys() {}

    static PrimaryKey of(KeySchema schema, Item item) {
        AttributeDefinition sort = schema.sort();
        return new PrimaryKey(value(schema.partition(), item),
                sort == null ? null : value(sort, item));
    }

    private static byte[] value(AttributeDefinition attribute, Item item) {
        ItemReader value = item.find(attribute.name()).orElseThrow(
                () -> new IllegalStateException("a stored item has no " + attribute.name()));
        if (value.type() != attribute.type().attributeType()) {
            throw new IllegalStateException("a stored item's " + attribute.name() + " is no "
                    + attribute.type());
        }
        return value.copyBytes();
    }
}
