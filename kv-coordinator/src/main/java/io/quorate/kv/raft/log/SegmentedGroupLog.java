package io.quorate.kv.raft.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One group's handle: encodes into its own buffer and joins the group commit. */
final class SegmentedGroupLog implements GroupLog {

    private final GroupState state;
    private final LogSettings settings;
    private final GroupCommit commit;
    private final EntryReader reader;
    private final Runnable released;
    private final Ticket ticket;
    private final RecordBuffer buffer;
    private boolean changed;
    private long term;
    private long snapshotIndex;
    private long lastIndex;

    SegmentedGroupLog(GroupState state, LogSettings settings, GroupCommit commit,
            EntryReader reader,
            Runnable released) {
        this.state = state;
        this.settings = settings;
        this.commit = commit;
        this.reader = reader;
        this.released = released;
        this.buffer = new RecordBuffer(settings.groupBufferBytes());
        this.ticket = new Ticket(buffer);
        this.term = state.term();
        this.snapshotIndex = state.snapshotIndex();
        this.lastIndex = state.lastIndex();
    }

    @Override
    public RecoveredGroup recovered() {
        if (changed) {
            throw new IllegalStateException(
                    "group " + state.groupId() + " was changed since it was recovered");
        }
        List<LogRecordEntry> entries = new ArrayList<>();
        long next = reader.read(state, snapshotIndex + 1, lastIndex + 1,
                (header, payload) -> entries
                        .add(new LogRecordEntry(header.index(), header.term(), bytes(payload))));
        if (next != lastIndex + 1) {
            throw new IllegalStateException(
                    "entry " + next + " of group " + state.groupId() + " is gone");
        }
        return state.withEntries(entries);
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        return copy;
    }

    @Override
    public void persistMembers(byte[] members) {
        add(RecordType.MEMBERS, 0, 0, members);
    }

    @Override
    public void persistVote(long newTerm, byte[] votedFor) {
        requireTerm(newTerm);
        add(RecordType.VOTE, 0, newTerm, votedFor);
        term = newTerm;
    }

    private void requireTerm(long newTerm) {
        if (newTerm < term) {
            throw new IllegalArgumentException("term goes back from " + term + " to " + newTerm);
        }
    }

    @Override
    public void append(long index, long entryTerm, byte[] payload) {
        if (index != lastIndex + 1) {
            throw new IllegalArgumentException("entry " + index + " does not follow " + lastIndex);
        }
        add(RecordType.ENTRY, index, entryTerm, payload);
        lastIndex = index;
    }

    @Override
    public void truncateFrom(long index) {
        if (index <= snapshotIndex) {
            throw new IllegalArgumentException(
                    "entry " + index + " is in the snapshot at " + snapshotIndex);
        }
        if (index <= lastIndex) {
            add(RecordType.TRUNCATE, index, 0, new byte[0]);
            lastIndex = index - 1;
        }
    }

    @Override
    public void persistSnapshot(long index, long snapshotTerm, byte[] snapshot) {
        if (index < snapshotIndex) {
            throw new IllegalArgumentException(
                    "snapshot goes back from " + snapshotIndex + " to " + index);
        }
        add(RecordType.SNAPSHOT, index, snapshotTerm, snapshot);
        snapshotIndex = index;
        lastIndex = Math.max(lastIndex, index);
    }

    @Override
    public void replaceState(RecoveredGroup whole) {
        if (whole.groupId() != state.groupId() || !whole.entries().isEmpty()) {
            throw new IllegalArgumentException(
                    "state of group " + whole.groupId() + " with " + whole.entries().size()
                            + " entries for group " + state.groupId());
        }
        requireTerm(whole.term());
        Optional<SnapshotMark> base = whole.snapshot();
        long index = base.map(SnapshotMark::index).orElse(0L);
        byte[] payload = new StatePayload(whole.members().orElse(null), whole.votedFor(),
                base.orElse(null)).encode();
        add(RecordType.STATE, index, whole.term(), payload);
        term = whole.term();
        snapshotIndex = index;
        lastIndex = index;
    }

    private void add(RecordType type, long index, long recordTerm, byte[] payload) {
        if (payload.length > settings.recordBytesMax()) {
            throw new IllegalArgumentException(
                    "a payload of " + payload.length + " bytes is above "
                            + settings.recordBytesMax());
        }
        if (!buffer.isEmpty()
                && buffer.bytes() + RecordHeader.recordBytes(payload.length) > settings
                        .groupBufferBytes()) {
            flush();
        }
        changed = true;
        buffer.add(type, state.groupId(), index, recordTerm, payload);
    }

    @Override
    public void flush() {
        if (buffer.isEmpty()) {
            commit.requireUsable();
            return;
        }
        commit.commit(ticket);
        buffer.clear();
    }

    @Override
    public long readEntries(long from, long to, int maxBytes, EntryConsumer consumer) {
        if (from < state.firstRetained()) {
            return from;
        }
        long[] left = {maxBytes};
        return reader.read(state, from, to, (header, payload) -> {
            left[0] -= header.payloadLength();
            consumer.accept(header.index(), header.term(), bytes(payload));
            return left[0] > 0;
        });
    }

    @Override
    public void releaseBefore(long index) {
        if (index > snapshotIndex + 1) {
            throw new IllegalArgumentException(
                    "entries below " + index + " are above the snapshot " + snapshotIndex);
        }
        released.run();
    }

    @Override
    public long firstRetainedIndex() {
        return state.firstRetained();
    }

    @Override
    public long lastIndex() {
        return lastIndex;
    }
}
