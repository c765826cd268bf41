package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.state.LeaderState;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;

/**
 * Does what the engine forgets when a group has one member: it holds no pre-vote without remote members, and flushes
 * only when it sends. The only class that may know that a group can be that small.
 */
final class SoloDriver {
    private SoloDriver() {}

    /** Makes the member leader if it is its group's only one. The vote for itself is durable before it leads. */
    static void elect(RaftNodeImpl node) {
        RaftState state = node.state();
        if (isAlone(state) && state.role() != RaftRole.LEADER) {
            var unused = state.toCandidate(false);
            node.toLeader();
        }
    }

    /** Flushes and commits what the only member appended. */
    static void commit(RaftNodeImpl node) {
        RaftState state = node.state();
        LeaderState leading = state.leaderState();
        if (leading == null || !isAlone(state)) {
            return;
        }
        long last = state.log().lastLogOrSnapshotIndex();
        if (last > state.commitIndex()) {
            state.log().flush();
            leading.flushedLogIndex(last);
            node.tryAdvanceCommitIndex();
        }
    }

    private static boolean isAlone(RaftState state) {
        return state.memberCount() == 1 && state.isKnownMember(state.localEndpoint());
    }
}
