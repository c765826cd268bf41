package io.quorate.dynamodb.keyspace;

import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.RouteHash;
import java.nio.ByteBuffer;

/**
 * Where items are kept: {@code (67, table, hash16, partition key)} or, in a table with a sort key,
 * {@code (67, table, hash16, partition key, sort key)}. Key values are the bytes whose unsigned order
 * is the order DynamoDB sorts by: UTF-8 for texts, {@link io.quorate.dynamodb.model.Decimal#encoded}
 * for numbers, byte strings as they are. The hash is the item's route. Pure functions.
 */
public final class ItemKeyspace {
    static final int ITEM = 67;

    private ItemKeyspace() {}

    /** The row of an item. */
    public static Key item(long table, PrimaryKey key) {
        byte[] partition = key.partition();
        KeyEncoder encoder = partition(table, partition);
        byte[] sort = key.sort();
        return (sort == null ? encoder : encoder.add(sort)).toKey();
    }

    /** Items of one partition. */
    public static KeyRange items(long table, byte[] partition, SortBounds bounds) {
        return bounds.under(() -> partition(table, partition));
    }

    /** All items on the routes from the first to the last, which lie in one slice. */
    public static KeyRange items(long table, int firstRoute, int lastRoute) {
        return Slices.range(() -> KeyEncoder.of(ITEM).add(table), firstRoute, lastRoute);
    }

    private static KeyEncoder partition(long table, byte[] partition) {
        return KeyEncoder.of(ITEM).add(table).route(route(table, partition)).add(partition);
    }

    static int route(long table, byte[] partition) {
        return RouteHash.of(ByteBuffer.allocate(Long.BYTES).putLong(table).array(), partition);
    }
}
