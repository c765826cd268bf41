package io.quorate.kv;

import java.util.Optional;

/**
 * What a {@link LeaderHandler} sees: the latest applied state of the group, and the group's time.
 * Reads are remembered and become conditions of the handler's transaction.
 */
public interface LeaderView {
    /** The latest row, or empty. */
    Optional<Versioned> get(Key key);

    /** One page of a range. */
    ScanPage scan(Scan scan);

    /**
     * One page that is <em>not</em> validated at commit, for a handler that names what it depends
     * on by conditions of its own (a queue's receive takes what it finds).
     */
    ScanPage peek(Scan scan);

    /** The latest row, or empty, <em>not</em> validated at commit: for rows that never change. */
    default Optional<Versioned> peek(Key key) {
        return get(key);
    }

    /**
     * The term in which this member leads. What a handler keeps in memory beside the group's state was
     * true in the term it learned it in, and in no other.
     */
    default long term() {
        return 0;
    }

    /** Group time in milliseconds since the epoch: monotonic, unmoved by jumps of the wall clock. */
    long nowMillis();
}
