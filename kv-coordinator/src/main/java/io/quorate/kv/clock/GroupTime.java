package io.quorate.kv.clock;

/**
 * A group's own time, for durations: the applied stamps anchored to this replica's monotonic clock
 * and slewed slowly towards wall time. Never goes back; a jump of the wall clock never moves it.
 * Safe for any thread.
 */
public interface GroupTime {
    /** Milliseconds since the epoch, as the group counts them. */
    long nowMillis();
}
