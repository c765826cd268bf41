package io.quorate.kv;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A stored key: bytes in unsigned lexicographic order, and the 16-bit route that chooses its group.
 *
 * <p>The route is a function of what the key belongs to (a queue, a bucket, a table's partition
 * key), computed by the keyspace that made the key, so it takes no part in equality or order.
 * Immutable; the byte array given to {@link #of} belongs to the key from then on.
 */
public final class Key implements Comparable<Key> {
    /** Longest key accepted, in bytes: S3 keys of 1,024 bytes with escapes and a prefix fit. */
    public static final int MAX_LENGTH = 8 * 1024;

    private final int route;
    private final byte[] bytes;

    private Key(int route, byte[] bytes) {
        this.route = route;
        this.bytes = bytes;
    }

    /**
     * Makes a key.
     *
     * @param route the owning route, 0 to 65,535
     * @param bytes the stored form; ownership passes to the key
     */
    public static Key of(int route, byte[] bytes) {
        if (route < 0 || route > 0xFFFF) {
            throw new IllegalArgumentException("route out of range: " + route);
        }
        if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("key length out of range: " + bytes.length);
        }
        return new Key(route, bytes);
    }

    /** The route, 0 to 65,535. */
    public int route() {
        return route;
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the stored bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The stored bytes themselves, shared: callers must not change them. */
    public byte[] shared() {
        return bytes;
    }

    /** Whether this key's bytes begin with those of the given prefix. */
    public boolean startsWith(byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Key[" + route + ":" + HexFormat.of().formatHex(bytes) + "]";
    }
}
