package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.log.SnapshotEntry;
import com.hazelcast.cp.internal.raft.impl.persistence.RestoredRaftState;
import io.quorate.kv.raft.hazelcast.wire.OperationCodec;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.StateCodec;
import io.quorate.kv.raft.log.LogRecordEntry;
import io.quorate.kv.raft.log.RecoveredGroup;
import io.quorate.kv.raft.log.SnapshotMark;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One life of the engine's node: made from what is durable, ended when the group stops or is reinstalled from a
 * checkpoint.
 */
final class EngineNode {
    /** The state itself lives in the state machine; the engine only needs something that is not null. */
    static final Object SNAPSHOT_STATE = "in the state machine";

    private final RaftNodeImpl raft;
    private final EngineIntegration integration;

    private EngineNode(RaftNodeImpl raft, EngineIntegration integration) {
        this.raft = raft;
        this.integration = integration;
    }

    RaftNodeImpl raft() {
        return raft;
    }

    /** Makes a node from the group's durable state, or a new one if there is none. Not yet started. */
    static EngineNode open(GroupSetup setup, RecoveredGroup found, EngineIntegration integration,
            LogStateStore store) {
        GroupName name = new GroupName(setup.groupId());
        if (found.members().isEmpty()) {
            if (!found.isEmpty()) {
                throw new IllegalStateException(
                        "group " + setup.groupId() + " has durable state but no members");
            }
            return new EngineNode(
                    RaftNodeImpl.newRaftNode(name, setup.self(), endpoints(setup.founders()),
                            setup.settings().toEngine(found.entries().size()), integration, store),
                    integration);
        }
        StateCodec.Membership membership = StateCodec.decodeMembership(found.members().get());
        if (!membership.self().equals(setup.self())) {
            throw new IllegalStateException(
                    "the log of group " + setup.groupId() + " belongs to member "
                            + membership.self().uuid() + ", not " + setup.self().uuid());
        }
        if (!membership.self().nodeId().equals(setup.self().nodeId())) {
            throw new IllegalStateException("the log of group " + setup.groupId()
                    + " belongs to node " + membership.self().nodeId() + ", not "
                    + setup.self().nodeId());
        }
        @Nullable
        RaftMember vote = StateCodec.decodeVote(found.votedFor());
        store.restored(found.term(), vote);
        RestoredRaftState restored = new RestoredRaftState(setup.self(),
                endpoints(membership.members()),
                Math.toIntExact(found.term()), vote, snapshot(found.snapshot()),
                entries(found.entries()));
        return new EngineNode(RaftNodeImpl.restoreRaftNode(name, restored,
                setup.settings().toEngine(found.entries().size()), integration,
                store), integration);
    }

    /** Ends this life: its timers, messages and tasks go nowhere from now on. */
    void retire() {
        integration.retire();
    }

    private static @Nullable SnapshotEntry snapshot(Optional<SnapshotMark> mark) {
        return mark.map(found -> {
            StateCodec.SnapshotMembers members = StateCodec.decodeSnapshot(found.snapshot());
            return new SnapshotEntry(Math.toIntExact(found.term()), found.index(), SNAPSHOT_STATE,
                    members.membersIndex(), endpoints(members.members()));
        }).orElse(null);
    }

    private static LogEntry[] entries(List<LogRecordEntry> found) {
        return found.stream()
                .map(entry -> new LogEntry(Math.toIntExact(entry.term()), entry.index(),
                        OperationCodec.decode(entry.payload())))
                .toArray(LogEntry[]::new);
    }

    static Collection<RaftEndpoint> endpoints(List<RaftMember> members) {
        return new LinkedHashSet<>(members);
    }
}
