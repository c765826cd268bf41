package io.quorate.kv.raft.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the log says about one group up to its end: built by the same method from records being written and from
 * records being recovered. Guarded by its own monitor, because readers look up entries while a batch is written.
 */
final class GroupState {

    private final int groupId;
    private final EntryIndex entries = new EntryIndex();
    private byte @Nullable [] members;
    private long membersAt = EntryIndex.NOWHERE;
    private long term;
    private byte[] votedFor = new byte[0];
    private long voteAt = EntryIndex.NOWHERE;
    private @Nullable SnapshotMark snapshot;
    private long snapshotAt = EntryIndex.NOWHERE;

    GroupState(int groupId) {
        this.groupId = groupId;
    }

    int groupId() {
        return groupId;
    }

    synchronized void apply(RecordType type, RecordHeader header, ByteBuffer payload,
            long position) {
        switch (type) {
            case ENTRY -> entries.append(header.index(), position);
            case COPY -> entries.copy(header.index(), position);
            case TRUNCATE -> entries.truncateFrom(header.index());
            case MEMBERS -> {
                members = bytes(payload);
                membersAt = position;
            }
            case VOTE -> {
                term = header.term();
                votedFor = bytes(payload);
                voteAt = position;
            }
            case SNAPSHOT -> {
                if (header.index() > entries.last()) {
                    entries.clear();
                }
                snapshot = new SnapshotMark(header.index(), header.term(), bytes(payload));
                snapshotAt = position;
            }
            case STATE -> applyState(header, payload, position);
            case MARK, HEAD -> throw new IllegalStateException(type + " belongs to no group");
        }
    }

    private void applyState(RecordHeader header, ByteBuffer payload, long position) {
        StatePayload state = StatePayload.decode(payload, header.index());
        entries.clear();
        members = state.members();
        term = header.term();
        votedFor = state.votedFor();
        snapshot = state.snapshot();
        membersAt = position;
        voteAt = position;
        snapshotAt = position;
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        return copy;
    }

    synchronized RecoveredGroup withEntries(List<LogRecordEntry> found) {
        return new RecoveredGroup(groupId, Optional.ofNullable(members), term, votedFor,
                Optional.ofNullable(snapshot),
                found);
    }

    synchronized long term() {
        return term;
    }

    synchronized long snapshotIndex() {
        return snapshot == null ? 0 : snapshot.index();
    }

    synchronized long lastIndex() {
        return Math.max(snapshotIndex(), entries.last());
    }

    synchronized long firstRetained() {
        return entries.firstOfUnbroken(lastIndex());
    }

    synchronized long locate(long index) {
        return entries.locate(index);
    }

    synchronized long removals() {
        return entries.removals();
    }

    synchronized void dropBelowSegment(long sequence) {
        entries.dropBelowSegment(sequence);
    }

    /** Entries no snapshot covers that stand in the segment. */
    synchronized List<EntryIndex.Range> neededFrom(long sequence) {
        return entries.standingIn(sequence, snapshotIndex() + 1);
    }

    /** Whether all entries above the snapshot are there. */
    synchronized boolean isUnbroken() {
        return lastIndex() == snapshotIndex() || firstRetained() <= snapshotIndex() + 1;
    }

    /** Adds the records that repeat whatever of members, vote and snapshot stands below segment {@code sequence}. */
    synchronized void repeatBelow(long sequence, RecordBuffer target) {
        if (isBelow(membersAt, sequence) && members != null) {
            target.add(RecordType.MEMBERS, groupId, 0, 0, members);
        }
        if (isBelow(voteAt, sequence)) {
            target.add(RecordType.VOTE, groupId, 0, term, votedFor);
        }
        if (isBelow(snapshotAt, sequence) && snapshot != null) {
            target.add(RecordType.SNAPSHOT, groupId, snapshot.index(), snapshot.term(),
                    snapshot.snapshot());
        }
    }

    private static boolean isBelow(long position, long sequence) {
        return position != EntryIndex.NOWHERE && Position.sequence(position) < sequence;
    }
}
