package io.quorate.dynamodb.keyspace;

import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.kv.Key;
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
        int route = RouteHash.of(ByteBuffer.allocate(Long.BYTES).putLong(table).array(), partition);
        KeyEncoder encoder = KeyEncoder.of(ITEM).add(table).route(route).add(partition);
        byte[] sort = key.sort();
        return (sort == null ? encoder : encoder.add(sort)).toKey();
    }
}
