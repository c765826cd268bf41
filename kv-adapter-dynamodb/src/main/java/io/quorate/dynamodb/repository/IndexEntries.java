package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.keyspace.IndexKeyspace;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemReader;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.kv.Key;
import io.quorate.kv.Mutation;
import io.quorate.kv.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change of an item changes in the indexes of its table: an entry is there exactly if the item
 * has all attributes of the index's key. Pure functions.
 */
final class IndexEntries {
    private static final int WRITE_UNIT_BYTES = 1024;

    private IndexEntries() {}

    /**
     * Adds the changes of all indexes.
     *
     * @param before the item as it was, or null
     * @param after the item as it will be, or null
     * @return the write units each index consumes
     */
    static List<Integer> change(ItemWrite write, @Nullable Item before, @Nullable Item after,
            List<Mutation> into) {
        List<Integer> units = new ArrayList<>(write.target().indexes().size());
        for (SecondaryIndex index : write.target().indexes()) {
            Optional<Entry> old = before == null
                    ? Optional.empty()
                    : entry(write.target(), index, write.key(), before);
            Optional<Entry> now = after == null
                    ? Optional.empty()
                    : entry(write.target(), index, write.key(), after);
            units.add(change(old, now, into));
        }
        return units;
    }

    private static int change(Optional<Entry> old, Optional<Entry> now, List<Mutation> into) {
        if (old.equals(now)) {
            return 0;
        }
        int units = 0;
        boolean moved = old.isPresent()
                && (now.isEmpty() || !now.get().row().equals(old.get().row()));
        if (moved) {
            into.add(new Mutation.Delete(old.get().row()));
            units += old.get().units();
        }
        if (now.isPresent()) {
            into.add(now.get().put());
            units += Math.max(now.get().units(),
                    old.isPresent() && !moved ? old.get().units() : 0);
        }
        return units;
    }

    /** The entry an item has in an index. */
    static Optional<Entry> entry(WriteTarget target, SecondaryIndex index, PrimaryKey key,
            Item item) {
        List<byte[]> partition = values(index.keys().partition(), item);
        List<byte[]> sort = values(index.keys().sort(), item);
        if (partition.size() < index.keys().partition().size()
                || sort.size() < index.keys().sort().size()) {
            return Optional.empty();
        }
        Key row = index.isGlobal()
                ? IndexKeyspace.global(target.table(), index.number(), partition, sort, key)
                : IndexKeyspace.local(target.table(), index.number(), key, sort.getFirst());
        return Optional.of(new Entry(row, projected(target, index, item)));
    }

    private static Item projected(WriteTarget target, SecondaryIndex index, Item item) {
        return switch (index.projection().type()) {
            case ALL -> item;
            case KEYS_ONLY, INCLUDE ->
                Projection.ofAttributes(index.projectedNames(target.keys())).of(item);
        };
    }

    /** The values of key attributes, as far as the item has them in the right type. */
    private static List<byte[]> values(List<AttributeDefinition> attributes, Item item) {
        List<byte[]> values = new ArrayList<>(attributes.size());
        for (AttributeDefinition attribute : attributes) {
            Optional<ItemReader> value = item.find(attribute.name());
            if (value.isPresent() && value.get().type() == attribute.type().attributeType()) {
                values.add(value.get().copyBytes());
            }
        }
        return values;
    }

    /** A row of an index. */
    record Entry(Key row, Item item) {
        Mutation put() {
            return new Mutation.Put(row, Value.of(item.shared()));
        }

        int units() {
            return Math.max(1, Math.ceilDiv(item.sizeBytes(), WRITE_UNIT_BYTES));
        }
    }
}
