package io.quorate.kv.raft.log;

/**
 * What happens inside the log, for metrics and for the owner of the groups. Called by the thread that does the work:
 * implementations return at once and throw nothing.
 */
public interface LogListener {

    /** One write and fsync was done: how long the fsync took, how much it made durable, how many groups waited. */
    default void forced(long forceNanos, long bytes, int groups) {}

    /** The writer had to wait this long because the next segment was not ready. */
    default void waitedForSegment(long nanos) {}

    /** A segment left the disk or was recycled. */
    default void reclaimed(long bytes) {}

    /** Entries no snapshot covers were copied to the end of the log so that their old segment could go. */
    default void copiedForward(int groupId, long bytes) {}

    /**
     * The oldest segment cannot go because this group's entries up to {@code throughIndex} stand only there: a
     * snapshot at or above that index frees it. If none comes the entries are copied forward.
     */
    default void snapshotWanted(int groupId, long throughIndex) {}

    /** Free space crossed {@link LogSettings#minimumFreeBytes()}, in either direction. */
    default void spaceLow(boolean low, long freeBytes) {}

    /** Listens to nothing. */
    static LogListener none() {
        return new LogListener() {};
    }
}
