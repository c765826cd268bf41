package io.quorate.kv.raft.log;

/**
 * One Raft group's part of the node's log. All methods that change it, {@link #recovered()} and {@link #lastIndex()}
 * are for the group's one thread, which must not be interrupted inside them; {@link #readEntries} and
 * {@link #firstRetainedIndex()} are for any thread.
 *
 * <p>
 * Changes are buffered and promise nothing until {@link #flush()} returns. After a crash a prefix of them, in order,
 * is found again, at least up to the last flush that returned. A group that buffers more than
 * {@link LogSettings#groupBufferBytes()} is flushed early, so each of them may throw {@link RaftLogException}.
 */
public interface GroupLog {

    /**
     * What was found at open; its entries are read from disk by this call and not kept.
     *
     * @throws IllegalStateException if the group was changed since
     */
    RecoveredGroup recovered();

    /** Persists the opaque members. */
    void persistMembers(byte[] members);

    /**
     * Persists the term and who was voted for in it, empty for nobody.
     *
     * @throws IllegalArgumentException if the term is below the one persisted
     */
    void persistVote(long term, byte[] votedFor);

    /**
     * Appends an entry.
     *
     * @throws IllegalArgumentException if {@code index} is not {@link #lastIndex()} + 1 or the payload is above
     *                                  {@link LogSettings#recordBytesMax()}
     */
    void append(long index, long term, byte[] payload);

    /**
     * Removes the conflicting tail from {@code index} on; nothing happens if there is none.
     *
     * @throws IllegalArgumentException if the snapshot covers {@code index}
     */
    void truncateFrom(long index);

    /**
     * Makes the snapshot the base of the log. Entries up to {@code index} are no longer recovered and are kept for
     * lagging peers only, within {@link LogSettings#retentionBytes()}. If {@code index} is past the last entry, all
     * entries go.
     *
     * @throws IllegalArgumentException if {@code index} is below the snapshot's that is there
     */
    void persistSnapshot(long index, long term, byte[] snapshot);

    /**
     * Replaces the group's whole state in one record: after a crash all of it is found, or none.
     *
     * @throws IllegalArgumentException if it has entries (they are appended afterwards), belongs to another group, or
     *                                  its term is below the one persisted
     */
    void replaceState(RecoveredGroup state);

    /**
     * Parks the caller until everything this group buffered is on disk. One fsync serves all groups that wait.
     *
     * @throws RaftLogException if it is not, or not known to be; the log is then poisoned for ever
     */
    void flush();

    /**
     * Reads flushed entries from disk for a lagging peer: from {@code from} on, below {@code to}, until
     * {@code maxBytes} of payload are reached, and at least one if it is there.
     *
     * @return the index after the last entry given; {@code from} if that one is released or not yet flushed
     * @throws RaftLogException if the disk fails or does not hold what was written
     */
    long readEntries(long from, long to, int maxBytes, EntryConsumer consumer);

    /**
     * Says that no caller needs entries below {@code index} any more, and has the log look for segments that can go.
     * Entries above the snapshot stay, and so does {@link LogSettings#retentionBytes()} of the rest.
     */
    void releaseBefore(long index);

    /** The lowest index that {@link #readEntries} can start from; {@link #lastIndex()} + 1 if there is none. */
    long firstRetainedIndex();

    /** The index of the last entry, buffered ones included, or the snapshot's. 0 for an empty log. */
    long lastIndex();
}
