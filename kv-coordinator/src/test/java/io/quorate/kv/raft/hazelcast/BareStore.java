package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.log.SnapshotEntry;
import com.hazelcast.cp.internal.raft.impl.persistence.RaftStateStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store for the bare library that keeps the indices it was given, and can fail once. */
final class BareStore implements RaftStateStore {
    private final List<Long> entries = new ArrayList<>();
    private boolean failsOnce;

    void failNextEntry() {
        failsOnce = true;
    }

    List<Long> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void open() {}

    @Override
    public void persistInitialMembers(RaftEndpoint self, Collection<RaftEndpoint> members) {}

    @Override
    public void persistTerm(int term, @Nullable RaftEndpoint vote) {}

    @Override
    public void persistEntry(LogEntry entry) throws IOException {
        if (failsOnce) {
            failsOnce = false;
            throw new IOException("the disk failed once");
        }
        entries.add(entry.index());
    }

    @Override
    public void persistSnapshot(SnapshotEntry entry) {}

    @Override
    public void deleteEntriesFrom(long index) {
        entries.removeIf(each -> each >= index);
    }

    @Override
    public void flushLogs() {}

    @Override
    public void close() {}
}
