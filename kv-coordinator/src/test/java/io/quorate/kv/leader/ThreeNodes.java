package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.clock.AppliedGroupTime;
import io.quorate.kv.clock.HybridLogicalClock;
import io.quorate.kv.clock.Ticker;
import io.quorate.kv.clock.WallClock;
import io.quorate.kv.command.EntryAssembler;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.mvcc.InMemoryMvccStore;
import io.quorate.kv.mvcc.MvccStateMachine;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.LeaderVerifier;
import io.quorate.kv.raft.ProposalFormat;
import io.quorate.kv.raft.Proposer;
import io.quorate.kv.raft.ProposerLimits;
import io.quorate.kv.raft.ProposerListener;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup;
import io.quorate.kv.raft.ReadIndex;
import io.quorate.kv.raft.VerifierLimits;
import io.quorate.kv.raft.VerifierListener;
import io.quorate.kv.raft.hazelcast.Firewall;
import io.quorate.kv.raft.hazelcast.GroupSetup;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import io.quorate.kv.raft.hazelcast.InMemoryGroupLog;
import io.quorate.kv.raft.hazelcast.RaftSettings;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.shard.RouteTable;
import io.quorate.kv.shard.ShardRouter;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.txn.GroupReplicas;
import io.quorate.kv.txn.Latches;
import io.quorate.kv.txn.ReadPool;
import io.quorate.kv.txn.TransactionCoordinator;
import io.quorate.kv.txn.Turns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import reactor.core.publisher.Mono;

/** Three nodes of one process on a real group, in real time, over networks that the test bends. */
final class ThreeNodes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ProposerLimits LIMITS = new ProposerLimits(8 << 20,
            new ProposerLimits.Size(1_024, 1 << 20), new ProposerLimits.Size(65_536, 64 << 20),
            new ProposerLimits.Size(4, 16 << 20), Duration.ofSeconds(10));

    private final ScheduledExecutorService clockwork = Executors
            .newSingleThreadScheduledExecutor(named("three-clockwork-"));
    private final PeerNetwork peers = new PeerNetwork();
    private final Firewall firewall = new Firewall((task, delay) -> {
        var unused = clockwork.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }, new Random(1));
    private final Map<String, Duration> skews;
    private final Map<String, Member> members = new LinkedHashMap<>();

    ThreeNodes() {
        this(Map.of());
    }

    /** With nodes whose wall clocks are off by so much. */
    ThreeNodes(Map<String, Duration> skews) {
        this.skews = skews;
        List<RaftMember> founders = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> new RaftMember(new UUID(9, n), "n" + n)).toList();
        founders.forEach(self -> members.put(self.nodeId(), new Member(self, founders)));
        leader();
    }

    /** Requests between the nodes. */
    PeerNetwork peers() {
        return peers;
    }

    /** Raft's messages. */
    Firewall raft() {
        return firewall;
    }

    Member node(String name) {
        return Objects.requireNonNull(members.get(name), name);
    }

    List<Member> all() {
        return List.copyOf(members.values());
    }

    /** Who leads and serves, once all agree. */
    Member leader() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(
                () -> members.values().stream().map(Member::knownLeader).distinct().count() == 1
                        && members.values().stream().anyMatch(Member::serves));
        return members.values().stream().filter(Member::serves).findFirst().orElseThrow();
    }

    /** Those who do not lead. */
    List<Member> followers() {
        Member leader = leader();
        return members.values().stream().filter(member -> member != leader).toList();
    }

    /** Hands leadership over, and waits until all know. */
    void transferTo(Member target) {
        Member leader = leader();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        leader.group.transferLeadership(target.name(), new RaftGroup.ProposalCallback() {
            @Override
            public void committed(long index, Object applied) {
                done.complete(true);
            }

            @Override
            public void failed(RaftFailure failure) {
                done.complete(false);
            }
        });
        Awaitility.await().atMost(PATIENCE).until(() -> leader() == target);
    }

    /** Cuts a node's Raft messages, both ways. */
    void isolate(Member one) {
        for (Member other : members.values()) {
            firewall.cut(one.name(), other.name());
            firewall.cut(other.name(), one.name());
        }
    }

    static <T> T await(Mono<T> mono) {
        return await(mono, PATIENCE);
    }

    static <T> T await(Mono<T> mono, Duration within) {
        return Objects.requireNonNull(mono.contextWrite(Deadline.after(within)::into)
                .block(within.plus(PATIENCE)), "completed without a result");
    }

    static KvFailure failure(Mono<?> mono, Duration within) {
        try {
            throw new AssertionError("succeeded with " + await(mono, within));
        } catch (KvException e) {
            return e.failure();
        }
    }

    @Override
    public void close() {
        List<Member> open = new ArrayList<>(members.values());
        open.forEach(Member::close);
        clockwork.shutdownNow();
    }

    private static ThreadFactory named(String prefix) {
        return Thread.ofPlatform().daemon().name(prefix, 0).factory();
    }

    /** One node. */
    final class Member implements AutoCloseable {
        private final RaftMember self;
        private final InMemoryMvccStore store = new InMemoryMvccStore();
        private final DeadlineTimer timer = new DeadlineTimer("three-deadline");
        private final Turns turns = new Turns(2, named("three-turn-"));
        private final ReadPool reads = new ReadPool(2, 1_024, named("three-read-"), timer);
        private final ExecutorService background = Executors
                .newSingleThreadExecutor(named("three-flush-"));
        private final RouteCommitWatch watch = new RouteCommitWatch(turns, timer);
        private final HazelcastRaftGroup group;
        private final GroupReplica replica;
        private final LeaderProxy proxy;

        Member(RaftMember self, List<RaftMember> founders) {
            this.self = self;
            AppliedGroupTime time = new AppliedGroupTime(wall(self), Ticker.system(), 0);
            MvccStateMachine machine = new MvccStateMachine(store, time, (index, routes) -> {
                for (int route : routes) {
                    watch.committed(route);
                }
            });
            this.group = HazelcastRaftGroup.open(new GroupSetup(RouteTable.DEFAULT_GROUP, self,
                    founders, RaftSettings.forNodeWithGroups(1),
                    firewall.transportOf(self.nodeId()),
                    (member, id, atLeast) -> CompletableFuture
                            .failedFuture(new AssertionError("no checkpoint is needed")),
                    new InMemoryGroupLog(RouteTable.DEFAULT_GROUP), machine, background,
                    new Random(self.nodeId().hashCode())), clockwork);
            watch.follow(group);
            this.replica = replica(time);
            GroupReplicas replicas = new GroupReplicas(new ShardRouter(RouteTable.single()),
                    Map.of(RouteTable.DEFAULT_GROUP, replica));
            this.proxy = new LeaderProxy(
                    new LeaderProxy.Local(replicas, new TransactionCoordinator(replicas, reads),
                            new LeaderCalls(reads, turns)),
                    new LeaderProxy.Remote(peers.of(self.nodeId()), node -> node),
                    new LeaderProxy.Pace(timer, turns, RandomGenerator.getDefault(),
                            ForwardListener.NONE));
        }

        private WallClock wall(RaftMember of) {
            long skew = skews.getOrDefault(of.nodeId(), Duration.ZERO).toMillis();
            return () -> System.currentTimeMillis() + skew;
        }

        private GroupReplica replica(AppliedGroupTime time) {
            HybridLogicalClock clock = new HybridLogicalClock(time);
            Proposer<Outcome> proposer = new Proposer<>(group, new ProposalFormat<>(clock::next,
                    EntryAssembler::assemble, Outcome.class), timer, LIMITS, ProposerListener.NONE);
            LeaderVerifier verifier = new LeaderVerifier(group, timer, VerifierLimits.DEFAULT,
                    VerifierListener.NONE);
            return new GroupReplica(group, proposer, verifier,
                    new ReadIndex(group, verifier, timer, 65_536), store, time,
                    new Latches(turns, timer), Optional::empty);
        }

        String name() {
            return self.nodeId();
        }

        /** The store as this node serves it. */
        LeaderProxy proxy() {
            return proxy;
        }

        RouteCommitWatch watch() {
            return watch;
        }

        GroupReplica replica() {
            return replica;
        }

        InMemoryMvccStore store() {
            return store;
        }

        private String knownLeader() {
            return group.leadership().term() + "/" + group.leadership().leader().orElse("-");
        }

        private boolean serves() {
            return group.leadership().isLeader() && group.leadership().serving()
                    && !group.leadership().transferring();
        }

        @Override
        public void close() {
            replica.proposer().close();
            replica.verifier().close();
            replica.readIndex().close();
            group.close();
            background.shutdown();
            reads.close();
            turns.close();
            timer.close();
        }
    }
}
