package io.quorate.kv.storage;

import io.quorate.kv.Key;
import io.quorate.kv.RetryId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How rows are laid out in RocksDB, format {@value #FORMAT}. On disk: a reader of it stays.
 *
 * <pre>
 * 'L' key                              -> version(8) value           the latest row
 * 'H' escaped key 00 00, ~version(8)   -> 1 replacedAt(8) value      a superseded version
 *                                      -> 0                          a removal, at that version
 * 'M' name                             -> applied state, format
 * 'R' route(2) id(16)                  -> expires(8) commitTs(8)     a retry record, its answer
 *                                         { 1 answer | 0 }           kept or not
 * 'T' expires(8) route(2) id(16)       ->                            retry records by their end
 * </pre>
 *
 * In 'H' a zero byte of the key is written as 00 FF, so that no key's versions lie between those of
 * another, and keys sort as they do in 'L'; the complement puts newer versions first. The version that
 * replaced a row tells garbage collection, without another read, from when on nobody needs it.
 */
final class RowLayout {
    static final int FORMAT = 1;

    static final byte HISTORY = 'H';
    static final byte LATEST = 'L';
    static final byte META = 'M';
    static final byte RETRY = 'R';
    static final byte RETRY_BY_END = 'T';

    static final byte[] APPLIED_KEY = "Mapplied".getBytes(StandardCharsets.US_ASCII);
    static final byte[] FORMAT_KEY = "Mformat".getBytes(StandardCharsets.US_ASCII);

    static final byte REMOVAL = 0;
    static final byte SUPERSEDED = 1;

    static final byte ANSWER_LEFT_OUT = 0;
    static final byte ANSWER_KEPT = 1;

    static final int VERSION_BYTES = Long.BYTES;
    static final int RETRY_KEY_BYTES = 1 + Short.BYTES + RetryId.LENGTH;
    static final int RETRY_HEADER_BYTES = 2 * Long.BYTES + 1;
    static final int END_KEY_BYTES = 1 + Long.BYTES + Short.BYTES + RetryId.LENGTH;
    static final int SUPERSEDED_HEADER_BYTES = 1 + Long.BYTES;
    /** Longest stored key: every byte of the key a zero. */
    static final int MAX_STORED_KEY = 1 + 2 * Key.MAX_LENGTH + 2 + Long.BYTES;

    private RowLayout() {}

    static void putLatestKey(ByteBuffer target, byte[] key) {
        target.put(LATEST).put(key);
    }

    static byte[] latestKey(byte[] key) {
        byte[] stored = new byte[key.length + 1];
        stored[0] = LATEST;
        System.arraycopy(key, 0, stored, 1, key.length);
        return stored;
    }

    static void putHistoryKey(ByteBuffer target, byte[] key, long version) {
        putHistoryPrefix(target, key);
        target.putLong(~version);
    }

    /** What the stored keys of all versions of a key begin with. */
    static void putHistoryPrefix(ByteBuffer target, byte[] key) {
        target.put(HISTORY);
        for (byte b : key) {
            target.put(b);
            if (b == 0) {
                target.put((byte) 0xFF);
            }
        }
        target.put((byte) 0).put((byte) 0);
    }

    static void putRetryKey(ByteBuffer target, int route, RetryId id) {
        target.put(RETRY).putShort((short) route).put(id.shared());
    }

    static void putEndKey(ByteBuffer target, long expiresMillis, int route, RetryId id) {
        target.put(RETRY_BY_END).putLong(expiresMillis).putShort((short) route).put(id.shared());
    }

    /** What the stored keys of all versions of a key begin with. */
    static byte[] historyPrefix(byte[] key) {
        ByteBuffer prefix = ByteBuffer.allocate(1 + 2 * key.length + 2);
        putHistoryPrefix(prefix, key);
        return Arrays.copyOf(prefix.array(), prefix.position());
    }

    /** The stored key of one version. */
    static byte[] historyKey(byte[] key, long version) {
        ByteBuffer stored = ByteBuffer.allocate(1 + 2 * key.length + 2 + Long.BYTES);
        putHistoryKey(stored, key, version);
        return Arrays.copyOf(stored.array(), stored.position());
    }

    /** The first stored key after all versions of the key with this prefix. */
    static byte[] afterHistoryPrefix(byte[] prefix) {
        byte[] after = prefix.clone();
        after[after.length - 1]++;
        return after;
    }

    /** The key whose version is stored here. */
    static byte[] keyOfHistory(byte[] stored) {
        byte[] key = new byte[stored.length];
        int length = 0;
        int end = stored.length - Long.BYTES - 2;
        for (int i = 1; i < end; i++) {
            key[length++] = stored[i];
            if (stored[i] == 0) {
                i++;
            }
        }
        return Arrays.copyOf(key, length);
    }

    /** The version that is stored here. */
    static long versionOfHistory(byte[] stored) {
        return ~ByteBuffer.wrap(stored).getLong(stored.length - Long.BYTES);
    }
}
