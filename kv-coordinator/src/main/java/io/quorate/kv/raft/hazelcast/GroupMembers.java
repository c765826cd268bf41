package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.List;
import java.util.Optional;

/**
 * A group's members as one of them knows them, at one moment of its own thread.
 *
 * @param voters    the last configuration in its log, committed or not
 * @param settled   whether that configuration is committed
 * @param isVoter   whether this member is in it
 * @param lastIndex the last index of its log
 * @param heard     the highest commit index that it was told of or knows; what it has applied lags behind that
 * @param followers how far the others are; empty unless it leads
 */
public record GroupMembers(List<RaftMember> voters, boolean settled, boolean isVoter,
        long lastIndex, long heard, List<Follower> followers) {
    /** Before anything is known. */
    static final GroupMembers UNKNOWN = new GroupMembers(List.of(), false, false, 0, 0, List.of());

    /**
     * How far a follower is.
     *
     * @param member       who
     * @param matchIndex   what it is known to have on its disk
     * @param silentMillis since it last answered, {@link Long#MAX_VALUE} if it has not answered this leader yet
     */
    public record Follower(RaftMember member, long matchIndex, long silentMillis) {}

    public GroupMembers {
        voters = List.copyOf(voters);
        followers = List.copyOf(followers);
    }

    /** The voter of that name. */
    public Optional<RaftMember> named(String nodeId) {
        return voters.stream().filter(voter -> voter.nodeId().equals(nodeId)).findFirst();
    }
}
