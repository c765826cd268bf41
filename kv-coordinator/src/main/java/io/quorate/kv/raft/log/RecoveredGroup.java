package io.quorate.kv.raft.log;

import java.util.List;
import java.util.Optional;

/**
 * The whole durable state of one group.
 *
 * @param groupId  the group
 * @param members  the opaque initial members, empty if never persisted
 * @param term     the highest term persisted, 0 if none
 * @param votedFor who was voted for in {@code term}, an empty array for nobody
 * @param snapshot the base of the log, if any
 * @param entries  the entries above the snapshot, without gaps
 */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes are handed over without a copy; equality is not used
public record RecoveredGroup(int groupId, Optional<byte[]> members, long term, byte[] votedFor,
        Optional<SnapshotMark> snapshot, List<LogRecordEntry> entries) {

    public RecoveredGroup {
        entries = List.copyOf(entries);
        if (term < 0) {
            throw new IllegalArgumentException("term " + term);
        }
    }

    /** Whether nothing was ever persisted for the group. */
    public boolean isEmpty() {
        return members.isEmpty() && term == 0 && votedFor.length == 0 && snapshot.isEmpty()
                && entries.isEmpty();
    }
}
