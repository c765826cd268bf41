package io.quorate.kv;

/**
 * A stored row as one read saw it.
 *
 * @param key the key
 * @param value its value
 * @param version the commit timestamp of the transaction that wrote it, as {@link HybridTimestamp}
 *        bits; never {@link #ABSENT}
 */
public record Versioned(Key key, Value value, long version) {
    /** The version of a key that is not there. */
    public static final long ABSENT = 0;

    public Versioned {
        if (version == ABSENT) {
            throw new IllegalArgumentException("a row that exists has a version");
        }
    }
}
