package io.quorate.sqs.window;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The sequence numbers that a node gives: each greater than all before it, of this node and of those
 * that led before it. They begin with group time, which on a new leader is not behind any message that
 * was stored. Safe for any thread.
 */
final class Sequence {
    /** Numbers of one millisecond. */
    private static final int BITS = 20;
    /** How far an earlier leader's numbers may have run ahead of its time, and one more. */
    private static final int HEAD_START_MILLIS = 2;

    private final AtomicLong last = new AtomicLong();

    /** Leaves the numbers of an earlier leader behind. */
    void begin(long nowMillis) {
        last.accumulateAndGet((nowMillis + HEAD_START_MILLIS) << BITS, Math::max);
    }

    long next(long nowMillis) {
        return last.accumulateAndGet(nowMillis << BITS,
                (given, now) -> Math.max(given + 1, now));
    }
}
