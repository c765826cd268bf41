package io.quorate.kv.txn;

import io.quorate.kv.KvFailure;
import io.quorate.kv.clock.GroupTime;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.mvcc.MvccEngine;
import io.quorate.kv.raft.LeaderVerifier;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.Proposer;
import io.quorate.kv.raft.RaftGroup;
import io.quorate.kv.raft.ReadIndex;
import java.util.Optional;

/**
 * One group as the transactions of this node meet it.
 *
 * @param group its consensus
 * @param proposer batches what is proposed
 * @param verifier confirms leadership
 * @param readIndex the barrier before linearizable reads
 * @param store its state on this node
 * @param time its time
 * @param latches serialise those who write the same keys here
 * @param gate whether this node may propose
 */
public record GroupReplica(RaftGroup group, Proposer<Outcome> proposer, LeaderVerifier verifier,
        ReadIndex readIndex, MvccEngine store, GroupTime time, Latches latches, WriteGate gate) {

    /** Why this node cannot run a leader's work for the group now, if it cannot. */
    public Optional<KvFailure> refusal() {
        Leadership now = group.leadership();
        return switch (now.role()) {
            case LEADER -> now.transferring()
                    ? Optional.of(new KvFailure.LeadershipTransferInProgress())
                    : Optional.empty();
            case POISONED -> Optional.of(gate.refusal()
                    .orElseGet(() -> new KvFailure.Poisoned("the group has stopped on this node")));
            case FOLLOWER, CANDIDATE -> Optional.of(now.leader().isEmpty()
                    ? new KvFailure.NoLeader()
                    : new KvFailure.NotLeader(now.leader()));
        };
    }
}
