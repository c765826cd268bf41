package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.keyspace.IndexKeyspace;
import io.quorate.dynamodb.keyspace.ItemKeyspace;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.kv.Key;
import java.util.List;

/** Finds the rows that ExclusiveStartKeys name. Pure functions. */
final class Cursors {
    private Cursors() {}

    /** The row of what is read that has this key. */
    static Key row(ReadPlan plan, Item start) {
        PrimaryKey key = KeyRules.keyOnly(plan.table().keys(),
                KeyRules.keyOf(plan.table().keys().names(), start));
        long table = plan.table().identity().number();
        SecondaryIndex index = plan.index();
        if (index == null) {
            return ItemKeyspace.item(table, key);
        }
        List<byte[]> sort = values(index.keys().sort(), start);
        return index.isGlobal()
                ? IndexKeyspace.global(table, index.number(),
                        values(index.keys().partition(), start), sort, key)
                : IndexKeyspace.local(table, index.number(), key, sort.getFirst());
    }

    private static List<byte[]> values(List<AttributeDefinition> attributes, Item item) {
        return attributes.stream().map(attribute -> {
            var value = item.find(attribute.name()).orElseThrow(ReadPlan::badStart);
            value.type();
            return value.copyBytes();
        }).toList();
    }
}
