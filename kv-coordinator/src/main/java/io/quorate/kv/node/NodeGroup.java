package io.quorate.kv.node;

import io.quorate.kv.KvFailure;
import io.quorate.kv.clock.AppliedGroupTime;
import io.quorate.kv.clock.HybridLogicalClock;
import io.quorate.kv.command.EntryAssembler;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.mvcc.MvccEngine;
import io.quorate.kv.raft.LeaderVerifier;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.ProposalFormat;
import io.quorate.kv.raft.Proposer;
import io.quorate.kv.raft.ProposerLimits;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.ReadIndex;
import io.quorate.kv.raft.VerifierLimits;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.txn.Latches;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What serves one group on top of its consensus and its state. Safe for any thread; closed before the
 * consensus.
 */
final class NodeGroup implements AutoCloseable {
    /** What an entry adds to its one command, with room to spare. */
    private static final int ENTRY_HEADROOM = 4_096;
    /** One entry takes a transaction of the greatest size, or many small ones. */
    private static final ProposerLimits LIMITS = new ProposerLimits(
            EntryCodec.MAX_COMMAND_BYTES - ENTRY_HEADROOM,
            new ProposerLimits.Size(1_024, 1 << 20), new ProposerLimits.Size(65_536, 64 << 20),
            new ProposerLimits.Size(4, 16 << 20), Duration.ofSeconds(10));
    /** Entries that the leader has committed and this member may lack before it counts as behind. */
    private static final long MAX_LAG = 10_000;
    private static final int MAX_APPLY_WAITERS = 65_536;

    private final HazelcastRaftGroup consensus;
    private final GroupReplica replica;

    /** Builds the room of a group that was opened. */
    NodeGroup(HazelcastRaftGroup consensus, MvccEngine store, AppliedGroupTime time,
            NodeThreads threads, Shared shared) {
        this.consensus = consensus;
        HybridLogicalClock clock = new HybridLogicalClock(time);
        ProposalFormat<Outcome> format = new ProposalFormat<>(clock::next, EntryAssembler::assemble,
                Outcome.class);
        Proposer<Outcome> proposer = new Proposer<>(consensus, format, threads.deadlines(), LIMITS,
                shared.metrics().proposer());
        LeaderVerifier verifier = new LeaderVerifier(consensus, threads.deadlines(),
                VerifierLimits.DEFAULT, shared.metrics().verifier());
        ReadIndex readIndex = new ReadIndex(consensus, verifier, threads.deadlines(),
                MAX_APPLY_WAITERS);
        Latches latches = new Latches(threads.turns(), threads.deadlines());
        this.replica = new GroupReplica(consensus, proposer, verifier, readIndex, store, time,
                latches, shared.condition());
        consensus.onLeadershipChange(now -> noteStop(now, shared.condition()));
    }

    /**
     * What the groups of a node have in common.
     *
     * @param condition whether disk, log and state work
     * @param metrics hears what happens
     */
    record Shared(NodeCondition condition, NodeMetrics metrics) {}

    /** The log wants old entries to be covered by a snapshot. */
    void wantSnapshot() {
        consensus.wantSnapshot();
    }

    HazelcastRaftGroup consensus() {
        return consensus;
    }

    /** Why the group is not what its leader told, if so. */
    Optional<String> reasonNotReady() {
        if (consensus.reinstalls().running()) {
            return Optional.of("group " + consensus.groupId()
                    + " is being reinstalled from a checkpoint");
        }
        long lag = consensus.members().heard() - consensus.appliedIndex();
        return lag > MAX_LAG
                ? Optional.of("group " + consensus.groupId() + " lacks " + lag
                        + " entries that are committed")
                : Optional.empty();
    }

    GroupReplica replica() {
        return replica;
    }

    /** Waits until this member serves the group or knows who does; false when patience ends. */
    boolean awaitLeader(Duration patience) throws InterruptedException {
        CountDownLatch known = new CountDownLatch(1);
        consensus.onLeadershipChange(now -> {
            if (isSettled(now)) {
                known.countDown();
            }
        });
        return isSettled(consensus.leadership())
                || known.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isSettled(Leadership now) {
        return switch (now.role()) {
            case LEADER -> now.serving();
            case FOLLOWER -> now.leader().isPresent();
            case CANDIDATE -> false;
            case POISONED -> true;
        };
    }

    private void noteStop(Leadership now, NodeCondition condition) {
        if (now.role() == Leadership.Role.POISONED) {
            boolean full = consensus.stopped().map(RaftFailure.Poisoned::diskFull).orElse(false);
            if (consensus.isRemoved()) {
                condition.removed();
                return;
            }
            String sentence = full
                    ? "the disk is full"
                    : "group " + consensus.groupId() + " has stopped after a failure";
            condition.stopped(
                    full ? new KvFailure.DiskFull() : new KvFailure.Poisoned(sentence), sentence);
        }
    }

    /** Fails everybody who waits. */
    @Override
    public void close() {
        replica.proposer().close();
        replica.verifier().close();
        replica.readIndex().close();
    }
}
