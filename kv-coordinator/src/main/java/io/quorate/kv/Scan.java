package io.quorate.kv;

/**
 * A bounded read of a range in key order.
 *
 * @param range the keys to read
 * @param limit most rows to return, 1 to {@link #MAX_LIMIT}
 * @param maxBytes most bytes of keys and values to return, at least one row is returned regardless
 * @param descending whether to begin at the end of the range
 */
public record Scan(KeyRange range, int limit, int maxBytes, boolean descending) {
    /** Most rows of one scan. */
    public static final int MAX_LIMIT = 10_000;
    /** Most bytes of one scan. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    public Scan {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit out of range: " + limit);
        }
        if (maxBytes < 1 || maxBytes > MAX_BYTES) {
            throw new IllegalArgumentException("maxBytes out of range: " + maxBytes);
        }
    }

    /** An ascending scan bounded by rows and by {@link #MAX_BYTES}. */
    public static Scan ascending(KeyRange range, int limit) {
        return new Scan(range, limit, MAX_BYTES, false);
    }
}
