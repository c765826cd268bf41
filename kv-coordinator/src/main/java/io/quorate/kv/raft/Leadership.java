package io.quorate.kv.raft;

import java.util.List;
import java.util.Optional;

/**
 * A member's view of its group's leadership at one moment.
 *
 * @param term the current term
 * @param role this member's role
 * @param leader the leader's node id, if known
 * @param serving whether this member leads and has applied its own first entry of the term, so that
 *        it may stamp proposals and serve reads
 * @param transferring whether leadership is being handed over by this member
 * @param voters node ids of all voting members, in a fixed order; a quorum is more than half
 */
public record Leadership(long term, Role role, Optional<String> leader, boolean serving,
        boolean transferring, List<String> voters) {
    /** What a member is in its term. */
    public enum Role {
        FOLLOWER, CANDIDATE, LEADER,
        /** Stopped after a failure; neither votes nor leads. */
        POISONED
    }

    public Leadership {
        voters = List.copyOf(voters);
    }

    /** Whether this member believes to lead. */
    public boolean isLeader() {
        return role == Role.LEADER;
    }

    /** How many voters make a quorum. */
    public int quorum() {
        return voters.size() / 2 + 1;
    }
}
