package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.state.FollowerState;
import com.hazelcast.cp.internal.raft.impl.state.LeaderState;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.hazelcast.wire.OperationCodec;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks at the engine's state for those who ask who the members are and how far. Confined to the group's thread. */
final class MemberWatch {
    private final PublishedState published;
    private long told;

    MemberWatch(PublishedState published) {
        this.published = published;
    }

    /** A leader said how far it has committed. */
    void hears(AppendRequest append) {
        told = Math.max(told, append.leaderCommitIndex());
    }

    /** Publishes what is so now. */
    void look(RaftState state) {
        boolean settled = state.lastGroupMembers().index() <= state.commitIndex();
        published.publishMembers(new GroupMembers(
                OperationCodec.members(state.members()).stream()
                        .sorted(Comparator.comparing(RaftMember::nodeId)).toList(),
                settled, state.isKnownMember(state.localEndpoint()),
                state.log().lastLogOrSnapshotIndex(), Math.max(told, state.commitIndex()),
                followers(state)));
    }

    private static List<GroupMembers.Follower> followers(RaftState state) {
        LeaderState leading = state.leaderState();
        if (leading == null) {
            return List.of();
        }
        long now = MonotonicHazelcastClock.now();
        List<GroupMembers.Follower> all = new ArrayList<>();
        leading.getFollowerStates().forEach((member, follower) -> all
                .add(new GroupMembers.Follower((RaftMember) member, follower.matchIndex(),
                        silence(follower, now))));
        all.sort(Comparator.comparing(follower -> follower.member().nodeId()));
        return all;
    }

    private static long silence(FollowerState follower, long now) {
        long answered = follower.appendRequestAckTimestamp();
        return answered <= 0 ? Long.MAX_VALUE : Math.max(0, now - answered);
    }
}
