package io.quorate.kv.mvcc;

import io.quorate.kv.Value;

/**
 * A place in a store's history at which garbage collection goes on; only the store that made it
 * understands it.
 *
 * @param position opaque
 */
public record GcCursor(Value position) {
    /** The beginning. */
    public static final GcCursor START = new GcCursor(Value.empty());

    boolean isStart() {
        return position.length() == 0;
    }
}
