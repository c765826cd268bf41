package io.quorate.dynamodb.keyspace;

import io.quorate.dynamodb.model.Bytes;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import io.quorate.kv.keyspace.RouteHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Where entries of indexes are kept.
 *
 * <pre>
 * local   (68, table, hash16, partition key, index, sort value, item's sort key)
 * global  (69, table, index, hash16, partition values..., sort values..., item's key)
 * </pre>
 *
 * <p>An entry of a local index has the route of its item. One of a global index has a route of its
 * own, the hash of table, index and partition values, so that a query finds all it asks for in one
 * group; item and entry are written by one transaction, whichever groups own their routes. What tells
 * entries of equal values apart, the item's key, is replaced by its digest where the key would become
 * longer than keys may be. Pure functions.
 */
public final class IndexKeyspace {
    static final int LOCAL = 68;
    static final int GLOBAL = 69;
    /** Room for kind, table, index, route and the digest. */
    private static final int RESERVED = 128;

    private IndexKeyspace() {}

    /** The entry of an item in a local index. */
    public static Key local(long table, long index, PrimaryKey item, byte[] sort) {
        int used = encodedLength(item.partition()) + encodedLength(sort);
        return addIdentity(localPartition(table, index, item.partition()).add(sort), used,
                item.sort() == null ? List.of() : List.of(item.sort())).toKey();
    }

    /** Entries of one partition of a local index. */
    public static KeyRange local(long table, long index, byte[] partition, SortBounds bounds) {
        return bounds.under(() -> localPartition(table, index, partition));
    }

    /** The number of the local index that an entry belongs to. */
    public static long indexOfLocal(Key entry) {
        return KeyReader.of(entry).number(4);
    }

    /** All entries of a table's local indexes on the routes, which lie in one slice. */
    public static KeyRange allLocal(long table, int firstRoute, int lastRoute) {
        return Slices.range(() -> KeyEncoder.of(LOCAL).add(table), firstRoute, lastRoute);
    }

    /** The entry of an item in a global index. */
    public static Key global(long table, long index, List<byte[]> partition, List<byte[]> sort,
            PrimaryKey item) {
        KeyEncoder encoder = globalPartition(table, index, partition);
        int used = 0;
        for (byte[] value : partition) {
            used += encodedLength(value);
        }
        for (byte[] value : sort) {
            encoder.add(value);
            used += encodedLength(value);
        }
        return addIdentity(encoder, used, item.sort() == null
                ? List.of(item.partition())
                : List.of(item.partition(), item.sort())).toKey();
    }

    /** Entries of one partition of a global index. */
    public static KeyRange global(long table, long index, List<byte[]> partition,
            SortBounds bounds) {
        return bounds.under(() -> globalPartition(table, index, partition));
    }

    /** All entries of a global index on the routes, which lie in one slice. */
    public static KeyRange allGlobal(long table, long index, int firstRoute, int lastRoute) {
        return Slices.range(() -> KeyEncoder.of(GLOBAL).add(table).add(index), firstRoute,
                lastRoute);
    }

    private static KeyEncoder localPartition(long table, long index, byte[] partition) {
        return KeyEncoder.of(LOCAL).add(table).route(ItemKeyspace.route(table, partition))
                .add(partition).add(index);
    }

    private static KeyEncoder globalPartition(long table, long index, List<byte[]> partition) {
        byte[][] parts = new byte[partition.size() + 1][];
        parts[0] = ByteBuffer.allocate(2 * Long.BYTES).putLong(table).putLong(index).array();
        for (int i = 0; i < partition.size(); i++) {
            parts[i + 1] = partition.get(i);
        }
        KeyEncoder encoder = KeyEncoder.of(GLOBAL).add(table).add(index)
                .route(RouteHash.of(parts));
        partition.forEach(encoder::add);
        return encoder;
    }

    private static KeyEncoder addIdentity(KeyEncoder encoder, int used, List<byte[]> identity) {
        int length = used + RESERVED;
        for (byte[] part : identity) {
            length += encodedLength(part);
        }
        if (length > Key.MAX_LENGTH) {
            return encoder.add(digest(identity));
        }
        identity.forEach(encoder::add);
        return encoder;
    }

    /** A byte string's length as an element: type, bytes with zeros escaped, terminator. */
    private static int encodedLength(byte[] value) {
        int length = value.length + 2;
        for (byte b : value) {
            length += b == 0 ? 1 : 0;
        }
        return length;
    }

    private static byte[] digest(List<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                digest.update(part);
            }
            return Bytes.of(digest.digest()).shared();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
