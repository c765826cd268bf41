package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.log.SnapshotEntry;
import com.hazelcast.cp.internal.raft.impl.persistence.RaftStateStore;
import io.quorate.kv.raft.hazelcast.wire.OperationCodec;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.StateCodec;
import io.quorate.kv.raft.log.GroupLog;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine's durable state over the node's log. The engine logs and forgets exceptions of its store, so each of them
 * poisons the group before it is thrown on. So does a second vote in a term.
 */
final class LogStateStore implements RaftStateStore {
    private final GroupLog log;
    private final RingMeter ring;
    private final Consumer<Throwable> poison;
    private long votedTerm;
    private @Nullable RaftMember votedFor;
    private boolean hasMembers;

    LogStateStore(GroupLog log, RingMeter ring, Consumer<Throwable> poison) {
        this.log = log;
        this.ring = ring;
        this.poison = poison;
    }

    /** Takes over what was found on disk. */
    void restored(long term, @Nullable RaftMember vote) {
        votedTerm = term;
        votedFor = vote;
        hasMembers = true;
    }

    @Override
    public void open() {}

    @Override
    public void persistInitialMembers(RaftEndpoint self, Collection<RaftEndpoint> members) {
        if (hasMembers) {
            return;
        }
        guard(() -> {
            log.persistMembers(StateCodec
                    .encode(new StateCodec.Membership((RaftMember) self,
                            OperationCodec.members(members))));
            log.flush();
            hasMembers = true;
        });
    }

    @Override
    public void persistTerm(int term, @Nullable RaftEndpoint vote) {
        guard(() -> {
            if (term == votedTerm && votedFor != null && !votedFor.equals(vote)) {
                throw new IllegalStateException("the vote in term " + term + " would change");
            }
            RaftMember kept = (RaftMember) vote;
            log.persistVote(term, StateCodec.encodeVote(kept));
            log.flush();
            votedTerm = term;
            votedFor = kept;
        });
    }

    @Override
    public void persistEntry(LogEntry entry) {
        guard(() -> {
            byte[] payload = OperationCodec.encode(entry.operation());
            log.append(entry.index(), entry.term(), payload);
            ring.appended(payload.length);
        });
    }

    @Override
    public void persistSnapshot(SnapshotEntry snapshot) {
        guard(() -> log.persistSnapshot(snapshot.index(), snapshot.term(),
                StateCodec.encode(new StateCodec.SnapshotMembers(snapshot.groupMembersLogIndex(),
                        OperationCodec.members(snapshot.groupMembers())))));
    }

    @Override
    public void deleteEntriesFrom(long index) {
        guard(() -> {
            log.truncateFrom(index);
            ring.truncatedFrom(index);
        });
    }

    @Override
    public void flushLogs() {
        guard(log::flush);
    }

    @Override
    public void close() {}

    private void guard(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException | Error failure) {
            poison.accept(failure);
            throw failure;
        }
    }
}
