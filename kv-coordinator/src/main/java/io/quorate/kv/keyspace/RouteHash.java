package io.quorate.kv.keyspace;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The 16-bit route of what owns a key: a bucket, a queue, a table's partition key.
 *
 * <p>Fixed for ever, because routes place data in groups: CRC32C over every part with its length as
 * four big-endian bytes before it, mixed by the 32-bit finalizer of MurmurHash3, upper half taken.
 * The lengths keep ("ab", "c") apart from ("a", "bc"); the mixing spreads a checksum's linear
 * structure over contiguous ranges of routes, which is how groups divide them.
 */
public final class RouteHash {
    private RouteHash() {}

    /** The route of an owner named by these parts, 0 to 65,535. */
    public static int of(byte[]... parts) {
        CRC32C crc = new CRC32C();
        for (byte[] part : parts) {
            updateLength(crc, part.length);
            crc.update(part, 0, part.length);
        }
        return mix((int) crc.getValue()) >>> 16;
    }

    /** The route of an owner named by these texts, in UTF-8. */
    public static int of(String... parts) {
        byte[][] bytes = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
        }
        return of(bytes);
    }

    private static void updateLength(CRC32C crc, int length) {
        crc.update(length >>> 24);
        crc.update(length >>> 16);
        crc.update(length >>> 8);
        crc.update(length);
    }

    private static int mix(int hash) {
        int mixed = hash;
        mixed = (mixed ^ mixed >>> 16) * 0x85EBCA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
        return mixed ^ mixed >>> 16;
    }
}
