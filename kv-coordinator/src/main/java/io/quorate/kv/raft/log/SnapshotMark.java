package io.quorate.kv.raft.log;

/**
 * The base of a group's log: everything up to and including {@code index} is in {@code snapshot}, which is opaque
 * here. The array is handed over, not copied.
 */
@SuppressWarnings("ArrayRecordComponent") // payloads are handed over without a copy; identity equality is not used
public record SnapshotMark(long index, long term, byte[] snapshot) {

    public SnapshotMark {
        if (index < 0 || term < 0) {
            throw new IllegalArgumentException("snapshot at index " + index + " term " + term);
        }
    }
}
