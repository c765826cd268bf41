package io.quorate.kv.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quorate.kv.KvFailure;
import io.quorate.kv.leader.ForwardListener;
import io.quorate.kv.leader.LeaderProxy;
import io.quorate.kv.leader.RouteCommitWatch;
import io.quorate.kv.peer.checkpoint.CheckpointListener;
import io.quorate.kv.raft.ProposerListener;
import io.quorate.kv.raft.VerifierListener;
import io.quorate.kv.raft.hazelcast.GroupMembers;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import io.quorate.kv.raft.log.LogListener;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.vitals.VitalsWatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * The coordinator's meters, all named {@code quorate.*}. The listeners are called on hot paths and do
 * no more than count; what can be asked for is a gauge.
 */
final class NodeMetrics {
    private final MeterRegistry registry;
    private final Timer proposals;
    private final DistributionSummary batchCommands;
    private final DistributionSummary batchBytes;
    private final Counter proposalFailures;
    private final Counter refusals;
    private final Counter unknownByDeadline;
    private final Counter expiredInQueue;
    private final Timer rounds;
    private final Counter roundsAskedAgain;
    private final Counter verifyFailures;
    private final Timer forces;
    private final DistributionSummary forcedBytes;
    private final Timer segmentWaits;
    private final MultiGauge clocks;

    NodeMetrics(MeterRegistry registry) {
        this.registry = registry;
        proposals = timer("quorate.proposal", "from proposal of an entry until it is applied");
        batchCommands = summary("quorate.proposal.commands", "commands of one entry");
        batchBytes = summary("quorate.proposal.bytes", "bytes of one entry");
        proposalFailures = counter("quorate.proposal.failed", "commands whose entry failed");
        refusals = counter("quorate.proposal.refused", "commands refused before they were queued");
        unknownByDeadline = counter("quorate.proposal.unknown",
                "commands whose caller's deadline passed while their entry was on its way");
        expiredInQueue = counter("quorate.proposal.expired",
                "commands whose caller's deadline passed before they were proposed");
        rounds = timer("quorate.verify.round", "Confirm rounds until a quorum answered");
        roundsAskedAgain = counter("quorate.verify.resent", "Confirm rounds asked again");
        verifyFailures = counter("quorate.verify.failed", "callers not confirmed");
        forces = timer("quorate.log.force", "fsync of the Raft log");
        forcedBytes = summary("quorate.log.force.bytes", "bytes one fsync made durable");
        clocks = MultiGauge.builder("quorate.peer.clock.difference").baseUnit("seconds")
                .description("a peer's wall clock less this node's").register(registry);
        segmentWaits = timer("quorate.log.segment.wait", "waits for the next log segment");
    }

    /** Binds what can be asked for of a group. */
    void watch(GroupReplica replica) {
        String group = String.valueOf(replica.group().groupId());
        gauge("quorate.proposal.queued", group, replica, r -> r.proposer().queuedCommands());
        gauge("quorate.proposal.queued.bytes", group, replica, r -> r.proposer().queuedBytes());
        gauge("quorate.proposal.inflight", group, replica, r -> r.proposer().inFlightEntries());
        gauge("quorate.verify.waiters", group, replica, r -> r.verifier().waiters());
        gauge("quorate.apply.waiters", group, replica, r -> r.readIndex().waiters());
        gauge("quorate.apply.lag", group, replica,
                r -> Math.max(0, r.group().commitIndex() - r.group().appliedIndex()));
        gauge("quorate.raft.term", group, replica, r -> r.group().leadership().term());
        gauge("quorate.raft.leads", group, replica,
                r -> r.group().leadership().isLeader() ? 1 : 0);
        gauge("quorate.latch.waiters", group, replica, r -> r.latches().waiters());
    }

    /** Binds what can be asked for of a group's members; what only its leader knows is 0 elsewhere. */
    void watch(HazelcastRaftGroup consensus) {
        String group = String.valueOf(consensus.groupId());
        members("quorate.raft.commit.index", group, consensus, HazelcastRaftGroup::commitIndex);
        members("quorate.raft.applied.index", group, consensus, HazelcastRaftGroup::appliedIndex);
        members("quorate.raft.voters", group, consensus, c -> c.members().voters().size());
        members("quorate.raft.voter", group, consensus, c -> c.members().isVoter() ? 1 : 0);
        members("quorate.raft.followers.stalled", group, consensus,
                c -> c.reinstalls().stalled());
        total("quorate.raft.reinstalls", group, consensus, c -> c.reinstalls().installed());
        total("quorate.raft.reinstalls.failed", group, consensus, c -> c.reinstalls().failed());
        members("quorate.raft.followers.lag", group, consensus, NodeMetrics::greatestLag);
        Counter elections = Counter.builder("quorate.raft.elections").tag("group", group)
                .description("terms that this member began to lead").register(registry);
        AtomicLong last = new AtomicLong();
        consensus.onLeadershipChange(now -> {
            if (now.isLeader() && last.getAndSet(now.term()) != now.term()) {
                elections.increment();
            }
        });
    }

    private static double greatestLag(HazelcastRaftGroup consensus) {
        GroupMembers now = consensus.members();
        return now.followers().stream()
                .mapToLong(follower -> now.lastIndex() - follower.matchIndex()).max().orElse(0);
    }

    private void total(String name, String group, HazelcastRaftGroup consensus,
            ToDoubleFunction<HazelcastRaftGroup> value) {
        FunctionCounter.builder(name, consensus, value).tag("group", group).register(registry);
    }

    private void members(String name, String group, HazelcastRaftGroup consensus,
            ToDoubleFunction<HazelcastRaftGroup> value) {
        Gauge.builder(name, consensus, value).tag("group", group).register(registry);
    }

    /** Shows how far each of these peers' wall clocks is from this node's, of which that is known. */
    void showClocks(VitalsWatch vitals) {
        clocks.register(vitals.told().stream()
                .sorted().<MultiGauge.Row<?>>map(peer -> MultiGauge.Row.of(Tags.of("peer", peer),
                        vitals,
                        now -> now.clockDifferenceMillis(peer).map(millis -> millis / 1_000.0)
                                .orElse(Double.NaN)))
                .toList(), true);
    }

    /** Binds what can be asked for of a node. */
    void watch(NodeThreads threads, RouteCommitWatch watch) {
        Gauge.builder("quorate.read.queued", threads, t -> t.reads().queued()).register(registry);
        Gauge.builder("quorate.read.active", threads, t -> t.reads().active()).register(registry);
        Gauge.builder("quorate.turns.queued", threads, t -> t.turns().queued())
                .register(registry);
        Gauge.builder("quorate.deadline.pending", threads, t -> t.deadlines().pending())
                .register(registry);
        Gauge.builder("quorate.commit.waiters", watch, RouteCommitWatch::waiters)
                .register(registry);
    }

    /** Binds what can be asked for of the way to a group's leader. */
    void watch(LeaderProxy proxy, int groupId) {
        String group = String.valueOf(groupId);
        Gauge.builder("quorate.readindex.waiters", proxy, p -> p.readIndexCallers(groupId))
                .tag("group", group).register(registry);
        Gauge.builder("quorate.forward.breaker.open", proxy,
                p -> p.isLeaderBroken(groupId) ? 1 : 0).tag("group", group).register(registry);
    }

    /** What the proposers tell. */
    ProposerListener proposer() {
        return new ProposerListener() {
            @Override
            public void proposed(int commands, int bytes) {
                batchCommands.record(commands);
                batchBytes.record(bytes);
            }

            @Override
            public void committed(int commands, long nanos) {
                proposals.record(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void failed(int commands, KvFailure failure) {
                proposalFailures.increment(commands);
            }

            @Override
            public void refused(KvFailure failure) {
                refusals.increment();
            }

            @Override
            public void timedOut(boolean proposed) {
                (proposed ? unknownByDeadline : expiredInQueue).increment();
            }
        };
    }

    /** What the verifiers tell. */
    VerifierListener verifier() {
        return new VerifierListener() {
            @Override
            public void roundConfirmed(long nanos) {
                rounds.record(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void roundResent() {
                roundsAskedAgain.increment();
            }

            @Override
            public void failed(int waiters, KvFailure failure) {
                verifyFailures.increment(waiters);
            }

            @Override
            public void timedOut() {
                verifyFailures.increment();
            }
        };
    }

    /** What is told of checkpoints on their way. */
    CheckpointListener checkpoints() {
        return new CheckpointMeters(registry);
    }

    /** What is told of requests to leaders elsewhere. */
    ForwardListener forwards() {
        return new ForwardMeters(registry);
    }

    /** What the log tells. */
    LogListener log() {
        return new LogListener() {
            @Override
            public void forced(long forceNanos, long bytes, int groups) {
                forces.record(forceNanos, TimeUnit.NANOSECONDS);
                forcedBytes.record((double) bytes);
            }

            @Override
            public void waitedForSegment(long nanos) {
                segmentWaits.record(nanos, TimeUnit.NANOSECONDS);
            }
        };
    }

    private void gauge(String name, String group, GroupReplica replica,
            ToDoubleFunction<GroupReplica> value) {
        Gauge.builder(name, replica, value).tag("group", group).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).register(registry);
    }

    private DistributionSummary summary(String name, String description) {
        return DistributionSummary.builder(name).description(description).register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
