package io.quorate.kv.raft.log;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The state of every group as the log's records say, in log order. */
final class GroupStates implements RecordSink {

    private final ConcurrentMap<Integer, GroupState> byGroup = new ConcurrentHashMap<>();
    private volatile long head;

    GroupState of(int groupId) {
        if (groupId < 0) {
            throw new IllegalArgumentException("group " + groupId);
        }
        return byGroup.computeIfAbsent(groupId, GroupState::new);
    }

    Collection<GroupState> all() {
        return byGroup.values();
    }

    /** The first segment that counts, by the last {@link RecordType#HEAD} record; 0 if there was none. */
    long head() {
        return head;
    }

    void clear() {
        byGroup.clear();
    }

    void dropBelowSegment(long sequence) {
        byGroup.values().forEach(state -> state.dropBelowSegment(sequence));
    }

    @Override
    public void accept(RecordHeader header, ByteBuffer payload, long position) {
        RecordType type = RecordType.of(header.type())
                .orElseThrow(
                        () -> new IllegalStateException("unknown record type " + header.type()));
        switch (type) {
            case MARK -> {
            }
            case HEAD -> head = Math.max(head, header.index());
            case MEMBERS, VOTE, ENTRY, TRUNCATE, SNAPSHOT, STATE, COPY ->
                of(header.group()).apply(type, header, payload, position);
        }
    }
}
