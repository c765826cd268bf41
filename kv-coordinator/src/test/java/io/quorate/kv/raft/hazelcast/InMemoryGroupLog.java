package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.log.EntryConsumer;
import io.quorate.kv.raft.log.GroupLog;
import io.quorate.kv.raft.log.LogRecordEntry;
import io.quorate.kv.raft.log.RecoveredGroup;
import io.quorate.kv.raft.log.SnapshotMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A group's log that keeps what was flushed and can lose the rest. A crash keeps some prefix of the unflushed changes,
 * as a disk may. Faults are set by the test; used on one thread at a time.
 */
public final class InMemoryGroupLog implements GroupLog {
    private static final class State {
        private Optional<byte[]> members = Optional.empty();
        private long term;
        private byte[] votedFor = new byte[0];
        private Optional<SnapshotMark> snapshot = Optional.empty();
        private final TreeMap<Long, LogRecordEntry> entries = new TreeMap<>();

        long snapshotIndex() {
            return snapshot.map(SnapshotMark::index).orElse(0L);
        }

        long lastIndex() {
            return entries.isEmpty()
                    ? snapshotIndex()
                    : Math.max(snapshotIndex(), entries.lastKey());
        }
    }

    private final int groupId;
    private State durable = new State();
    private State current = new State();
    private List<Runnable> unflushed = new ArrayList<>();
    private @Nullable RuntimeException flushFailure;
    private @Nullable RuntimeException appendFailure;
    private long flushes;
    private Runnable onForce = () -> {};

    /** An empty log. */
    public InMemoryGroupLog(int groupId) {
        this.groupId = groupId;
    }

    /** Every flush from now on throws this; null heals. */
    public void failFlushes(@Nullable RuntimeException failure) {
        flushFailure = failure;
    }

    /** Every append from now on throws this; null heals. */
    public void failAppends(@Nullable RuntimeException failure) {
        appendFailure = failure;
    }

    /** Called by every flush that has something to force. */
    public void onForce(Runnable listener) {
        onForce = listener;
    }

    /** How many flushes had something to force. */
    public long flushes() {
        return flushes;
    }

    /** How many changes a crash may lose. */
    public int unflushedChanges() {
        return unflushed.size();
    }

    /** Loses all unflushed changes but this many. */
    public void crash(int changesThatSurvive) {
        for (Runnable change : unflushed.subList(0,
                Math.min(changesThatSurvive, unflushed.size()))) {
            change.run();
        }
        unflushed = new ArrayList<>();
        current = copy(durable);
    }

    private void change(Consumer<State> change) {
        change.accept(current);
        unflushed.add(() -> change.accept(durable));
    }

    @Override
    public RecoveredGroup recovered() {
        long base = current.snapshotIndex();
        return new RecoveredGroup(groupId, current.members, current.term, current.votedFor,
                current.snapshot,
                List.copyOf(current.entries.tailMap(base, false).values()));
    }

    @Override
    public void persistMembers(byte[] members) {
        change(state -> state.members = Optional.of(members));
    }

    @Override
    public void persistVote(long term, byte[] votedFor) {
        if (term < current.term) {
            throw new IllegalArgumentException("term " + term + " below " + current.term);
        }
        change(state -> {
            state.term = term;
            state.votedFor = votedFor;
        });
    }

    @Override
    public void append(long index, long term, byte[] payload) {
        if (appendFailure != null) {
            throw appendFailure;
        }
        if (index != lastIndex() + 1) {
            throw new IllegalArgumentException("index " + index + " after " + lastIndex());
        }
        change(state -> state.entries.put(index, new LogRecordEntry(index, term, payload)));
    }

    @Override
    public void truncateFrom(long index) {
        if (index <= current.snapshotIndex()) {
            throw new IllegalArgumentException("the snapshot covers " + index);
        }
        change(state -> state.entries.tailMap(index, true).clear());
    }

    @Override
    public void persistSnapshot(long index, long term, byte[] snapshot) {
        if (index < current.snapshotIndex()) {
            throw new IllegalArgumentException("snapshot goes back");
        }
        change(state -> {
            if (index > state.lastIndex()) {
                state.entries.clear();
            }
            state.snapshot = Optional.of(new SnapshotMark(index, term, snapshot));
        });
    }

    @Override
    public void replaceState(RecoveredGroup whole) {
        if (whole.term() < current.term || !whole.entries().isEmpty()) {
            throw new IllegalArgumentException("not a whole later state");
        }
        change(state -> {
            state.members = whole.members();
            state.term = whole.term();
            state.votedFor = whole.votedFor();
            state.snapshot = whole.snapshot();
            state.entries.clear();
        });
    }

    @Override
    public void flush() {
        if (flushFailure != null) {
            throw new IllegalStateException("force failed", flushFailure);
        }
        if (!unflushed.isEmpty()) {
            flushes++;
            onForce.run();
            unflushed.forEach(Runnable::run);
            unflushed = new ArrayList<>();
        }
    }

    @Override
    public synchronized long readEntries(long from, long to, int maxBytes, EntryConsumer consumer) {
        long next = from;
        int bytes = 0;
        LogRecordEntry entry = durable.entries.get(next);
        while (entry != null && next < to && bytes < maxBytes) {
            consumer.accept(entry.index(), entry.term(), entry.payload());
            bytes += entry.payload().length;
            next++;
            entry = durable.entries.get(next);
        }
        return next;
    }

    @Override
    public void releaseBefore(long index) {
        change(state -> state.entries.headMap(Math.min(index, state.snapshotIndex() + 1), false)
                .clear());
    }

    @Override
    public long firstRetainedIndex() {
        return durable.entries.isEmpty() ? lastIndex() + 1 : durable.entries.firstKey();
    }

    @Override
    public long lastIndex() {
        return current.lastIndex();
    }

    private static State copy(State from) {
        State to = new State();
        to.members = from.members;
        to.term = from.term;
        to.votedFor = from.votedFor;
        to.snapshot = from.snapshot;
        to.entries.putAll(from.entries);
        return to;
    }
}
