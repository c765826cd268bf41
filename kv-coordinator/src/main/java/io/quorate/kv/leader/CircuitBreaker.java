package io.quorate.kv.leader;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps requests from a leader that does not answer. {@value #FAILURES_TO_OPEN} failures in a row open
 * it, for 100 ms at first; then one request goes through as a probe. If that fails too, it stays open
 * for twice as long, up to 2 s; if it is answered, the breaker is closed. A caller that leaves says
 * nothing about the leader. Whoever is refused may wait as long as a successor can be expected. Safe
 * for any thread.
 */
final class CircuitBreaker {
    static final int FAILURES_TO_OPEN = 3;
    static final Duration FIRST_OPEN = Duration.ofMillis(100);
    static final Duration LONGEST_OPEN = Duration.ofSeconds(2);

    /** A group with a majority has replaced a dead leader by then; one that still leads is only out of reach. */
    static final Duration SUCCESSION = Duration.ofSeconds(3);

    private final LongSupplier ticker;
    private int failures;
    private long openedAt;
    private long openNanos;
    private long openUntil;
    private boolean open;
    private boolean probing;

    /** What a caller may do. */
    enum Admission {
        /** Ask. */
        CALL,
        /** Ask, as the one whose answer decides. */
        PROBE,
        /** Not ask. */
        REFUSED
    }

    /**
     * Makes a closed one.
     *
     * @param ticker monotonic nanoseconds
     */
    CircuitBreaker(LongSupplier ticker) {
        this.ticker = ticker;
    }

    synchronized Admission admit() {
        if (!open) {
            return Admission.CALL;
        }
        if (probing || ticker.getAsLong() - openUntil < 0) {
            return Admission.REFUSED;
        }
        probing = true;
        return Admission.PROBE;
    }

    /** There was an answer, whatever it said. */
    synchronized void answered(Admission admission) {
        if (admission == Admission.PROBE || !open) {
            open = false;
            probing = false;
            failures = 0;
            openNanos = 0;
        }
    }

    /** There was none; returns whether that opened the breaker. */
    synchronized boolean failed(Admission admission) {
        if (admission == Admission.PROBE) {
            probing = false;
            openFor(Math.min(openNanos * 2, LONGEST_OPEN.toNanos()));
            return true;
        }
        failures++;
        if (open || failures < FAILURES_TO_OPEN) {
            return false;
        }
        openedAt = ticker.getAsLong();
        openFor(FIRST_OPEN.toNanos());
        return true;
    }

    /** The caller left before there was an answer. */
    synchronized void abandoned(Admission admission) {
        if (admission == Admission.PROBE) {
            probing = false;
        }
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Whether it opened so lately that the leader may have died and its group be electing another. */
    synchronized boolean mayBeSucceeded() {
        return open && ticker.getAsLong() - openedAt < SUCCESSION.toNanos();
    }

    private void openFor(long nanos) {
        open = true;
        openNanos = nanos;
        openUntil = ticker.getAsLong() + nanos;
    }
}
