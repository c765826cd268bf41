package io.quorate.kv.raft;

import io.quorate.kv.KvFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What local knowledge of leadership and the group's own failures mean to a caller. */
final class Refusals {
    private Refusals() {}

    /** Why a member in this state can answer nothing as a leader, or null if it can. */
    static @Nullable KvFailure of(Leadership leadership) {
        return switch (leadership.role()) {
            case POISONED -> new KvFailure.Poisoned("the group has stopped on this node");
            case FOLLOWER, CANDIDATE -> new KvFailure.NotLeader(leadership.leader());
            case LEADER ->
                leadership.transferring() ? new KvFailure.LeadershipTransferInProgress() : null;
        };
    }

    /** The member led in a term that is over. */
    static KvFailure ended(Leadership now) {
        KvFailure refusal = of(now);
        return refusal != null ? refusal : new KvFailure.NotLeader(now.leader());
    }

    /** The node is shutting down. */
    static KvFailure closed() {
        return new KvFailure.NotLeader(Optional.empty());
    }

    static KvFailure of(RaftFailure failure) {
        return switch (failure) {
            case RaftFailure.NotLeader(var leader) -> new KvFailure.NotLeader(leader);
            case RaftFailure.LeadershipTransferInProgress() ->
                new KvFailure.LeadershipTransferInProgress();
            case RaftFailure.Overloaded(var bound) -> new KvFailure.Overloaded(bound);
            case RaftFailure.MemberWasRemoved(var nodeId) ->
                new KvFailure.Refused("node " + nodeId + " was removed; it needs an empty data"
                        + " directory to join again");
            case RaftFailure.OutcomeUnknown() -> new KvFailure.OutcomeUnknown();
            case RaftFailure.Poisoned(var reason, var diskFull) ->
                diskFull ? new KvFailure.DiskFull() : new KvFailure.Poisoned(reason);
        };
    }
}
