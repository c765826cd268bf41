package io.quorate.kv.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.kv.KvFailure;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.blob.BodyCoverage;
import io.quorate.kv.blob.BodyPeers;
import io.quorate.kv.blob.FileBlobStore;
import io.quorate.kv.clock.AppliedGroupTime;
import io.quorate.kv.leader.LeaderCalls;
import io.quorate.kv.leader.LeaderProxy;
import io.quorate.kv.leader.RouteCommitWatch;
import io.quorate.kv.leader.VerifiedLeadership;
import io.quorate.kv.member.Membership;
import io.quorate.kv.mvcc.GarbageCollector;
import io.quorate.kv.mvcc.MvccStateMachine;
import io.quorate.kv.raft.hazelcast.GroupSetup;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import io.quorate.kv.raft.hazelcast.RaftSettings;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.log.LogFailure;
import io.quorate.kv.raft.log.LogListener;
import io.quorate.kv.raft.log.RaftLogException;
import io.quorate.kv.raft.log.SegmentedRaftLog;
import io.quorate.kv.shard.RouteTable;
import io.quorate.kv.shard.ShardRouter;
import io.quorate.kv.storage.DiskSpaceGuard;
import io.quorate.kv.storage.RocksMvccStore;
import io.quorate.kv.storage.RocksResources;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.txn.GroupReplicas;
import io.quorate.kv.txn.TransactionCoordinator;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one node together, from the data directory upwards. Every part is on the closing stack as soon as
 * it is open, so a start that fails half-way holds nothing.
 */
final class NodeStart {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);
    private static final int GROUP = RouteTable.DEFAULT_GROUP;
    private static final long MAX_CLOSE_WAIT_SECONDS = 10;
    /** How long closing waits until another node has taken leadership over. */
    private static final Duration MAX_HAND_OVER = Duration.ofSeconds(2);

    private final NodeSettings settings;
    private final NodeSeams seams;
    private final NodeMetrics metrics;
    private final ClosingStack closing = new ClosingStack();

    private NodeStart(NodeSettings settings, NodeSeams seams, NodeMetrics metrics) {
        this.settings = settings;
        this.seams = seams;
        this.metrics = metrics;
    }

    static NodeParts start(NodeSettings settings, NodeSeams seams, MeterRegistry meters)
            throws NodeStartException {
        NodeStart start = new NodeStart(settings, seams, new NodeMetrics(meters));
        NodeParts parts = null;
        try {
            parts = start.run();
            return parts;
        } finally {
            if (parts == null) {
                start.closing.close();
            }
        }
    }

    private NodeParts run() throws NodeStartException {
        long begun = System.nanoTime();
        DataDirectory directory = closing
                .add(DataDirectory.take(settings.dataDirectory(), settings.nodeId()));
        NodeThreads threads = closing.add(NodeThreads.start(settings.threads()));
        RouteCommitWatch watch = new RouteCommitWatch(threads.turns(), threads.deadlines());
        DiskSpaceGuard guard = new DiskSpaceGuard(directory.ballast(),
                seams.freeSpace().of(directory.path()), settings.disk().marks());
        // Gives the ballast up where recovery would have no room otherwise; laying it takes time and
        // is left to the background.
        if (Files.exists(directory.ballast())) {
            guard.check();
        }
        NodeLogListener news = new NodeLogListener(metrics.log());
        SegmentedRaftLog log = closing.add(openLog(directory, news));
        NodeCondition condition = new NodeCondition(() -> !guard.admits() || log.isLowOnSpace(),
                seams.failStop());
        log.onPoison(cause -> condition.stopped(failureOf(cause), sentenceOf(cause)));
        Entrance entrance = new Entrance(settings, closing, seams.waits(),
                metrics.checkpoints());
        Entrance.Entered entered = entrance.enter(directory);
        NodeGroup group = openGroup(new Base(entered, threads, log, condition, watch));
        news.wantSnapshots(group::wantSnapshot);
        watch.follow(group.replica().group());
        closing.add(watch::wakeAll);

        GroupReplicas replicas = new GroupReplicas(new ShardRouter(RouteTable.single()),
                Map.of(GROUP, group.replica()));
        TransactionCoordinator kv = new TransactionCoordinator(replicas, threads.reads());
        LeaderProxy proxy = proxy(entered, threads, replicas, kv);
        FileBlobStore blobs = closing
                .add(openBlobs(directory, proxy, group, entered.link()));
        Optional<NodeParts.Peers> peers = entered.link().map(link -> attend(entered, link,
                new Attending(group, kv, blobs.coverage(), threads, condition)));
        entered.link().ifPresent(link -> link.serve(proxy, proxy));
        LocalHealth health = new LocalHealth(condition, List.of(group.replica().group()),
                () -> peers.flatMap(with -> with.membership().reasonNotReady())
                        .or(group::reasonNotReady));
        metrics.watch(group.replica());
        metrics.watch(group.consensus());
        metrics.watch(threads, watch);
        seams.waits().accept("a leader");
        awaitLeader(group);
        blobs.start();
        startLoops(threads.loops(), group.replica(), guard);
        entered.link().ifPresent(link -> every(NodeVitals.PERIOD, threads.loops(),
                new SkippingTick("vitals", new NodeVitals(link.calls(), entered.roster(),
                        group.consensus(), condition, seams, metrics)::tick)));
        peers.ifPresent(with -> closing.add(() -> with.membership().handOver(MAX_HAND_OVER)));
        closing.add(health::stopping);
        LOG.info("node started node={} member={} directory={} millis={}", settings.nodeId(),
                entered.directory().meta().self().uuid(), directory.path(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        return new NodeParts(entered.directory().meta(), proxy,
                new VerifiedLeadership(replicas, threads.deadlines()), watch,
                blobs, health, peers, closing);
    }

    private LeaderProxy proxy(Entrance.Entered entered, NodeThreads threads,
            GroupReplicas replicas, TransactionCoordinator kv) {
        LeaderCalls calls = new LeaderCalls(threads.reads(), threads.turns());
        LeaderProxy proxy = new LeaderProxy(new LeaderProxy.Local(replicas, kv, calls),
                new LeaderProxy.Remote(seams.peers().apply(entered.calls()),
                        node -> entered.roster().addressOf(node).orElse(node)),
                new LeaderProxy.Pace(threads.deadlines(), threads.turns(), seams.random(),
                        metrics.forwards()));
        metrics.watch(proxy, GROUP);
        return proxy;
    }

    /** What a group is opened on. */
    private record Base(Entrance.Entered entered, NodeThreads threads, SegmentedRaftLog log,
            NodeCondition condition, RouteCommitWatch watch) {
        DataDirectory directory() {
            return entered.directory();
        }
    }

    /** What a node takes part in the membership with. */
    private record Attending(NodeGroup group, TransactionalKv kv, BodyCoverage bodies,
            NodeThreads threads, NodeCondition condition) {}

    private NodeParts.Peers attend(Entrance.Entered entered, PeerSide link, Attending with) {
        NodeGroup group = with.group();
        Membership membership = closing.add(new Membership(
                new Membership.Group(group.consensus(), group.replica().verifier(),
                        group.replica().store(), with.kv(), with.bodies()),
                entered.roster(), link, with.threads().members(),
                with.condition()::removed));
        closing.add(() -> end(with.threads().members()));
        link.serve(membership);
        return new NodeParts.Peers(membership, link);
    }

    private SegmentedRaftLog openLog(DataDirectory directory, LogListener news)
            throws NodeStartException {
        try {
            return SegmentedRaftLog.open(directory.log(), seams.logFiles(), settings.disk().log(),
                    news);
        } catch (RaftLogException e) {
            throw logFailure(directory, e.failure()).causedBy(e);
        }
    }

    private NodeGroup openGroup(Base base) throws NodeStartException {
        RocksMvccStore store = openStore(base.directory());
        AppliedGroupTime time = new AppliedGroupTime(seams.wall(), seams.ticker(),
                store.applied().lastStamp());
        MvccStateMachine machine = new MvccStateMachine(store, time,
                new WakingListener(base.watch()));
        closing.add(() -> end(base.threads().flushes()));
        NodeMeta meta = base.directory().meta();
        List<RaftMember> founders = meta.founded().orElseThrow().members();
        HazelcastRaftGroup consensus;
        try {
            consensus = closing.add(HazelcastRaftGroup.open(
                    new GroupSetup(GROUP, meta.self(), founders,
                            RaftSettings.forNodeWithGroups(1), base.entered().transport(),
                            base.entered().checkpoints(), base.log().group(GROUP), machine,
                            base.threads().flushes(), seams.random()),
                    base.threads().ticks()));
        } catch (RaftLogException e) {
            throw logFailure(base.directory(), e.failure()).causedBy(e);
        } catch (RuntimeException e) {
            throw new NodeStartFailure.StateUnreadable(GROUP, describe(e)).causedBy(e);
        }
        base.entered().link().ifPresent(
                link -> closing.add(link.offers().register(GROUP, consensus::checkpoint)));
        return closing.add(new NodeGroup(consensus, store, time, base.threads(),
                new NodeGroup.Shared(base.condition(), metrics)));
    }

    private RocksMvccStore openStore(DataDirectory directory) throws NodeStartException {
        try {
            RocksResources resources = closing.add(new RocksResources(settings.disk().storage()));
            return closing.add(RocksMvccStore.open(resources, directory.group(GROUP)));
        } catch (IOException | RuntimeException e) {
            throw new NodeStartFailure.StateUnreadable(GROUP, describe(e)).causedBy(e);
        }
    }

    private FileBlobStore openBlobs(DataDirectory directory, TransactionalKv kv,
            NodeGroup group, Optional<PeerSide> link) throws NodeStartException {
        try {
            return FileBlobStore.open(directory.blobs(), settings.disk().blobs(),
                    new FileBlobStore.Surroundings(kv, group.replica().time(),
                            new GroupVoters(group.replica().group()),
                            link.map(PeerSide::bodies).orElseGet(BodyPeers::none)));
        } catch (IOException e) {
            throw new NodeStartFailure.DirectoryUnusable(directory.blobs(), "it cannot be opened")
                    .causedBy(e);
        }
    }

    private void awaitLeader(NodeGroup group) {
        try {
            if (!group.awaitLeader(settings.threads().startPatience())) {
                LOG.warn("node goes on without a leader group={}", GROUP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startLoops(ScheduledExecutorService loops, GroupReplica replica,
            DiskSpaceGuard guard) {
        NodeSettings.History history = settings.history();
        GarbageCollector collector = new GarbageCollector(GROUP, replica.store(), history.pace());
        closing.add(() -> end(loops));
        collector.start(loops);
        every(history.tick(), loops, new SafePointLoop(replica, history.safePoint()));
        every(history.tick(), loops, new SkippingTick("disk-space", guard::check));
    }

    private static void every(Duration pause, ScheduledExecutorService loops, Runnable tick) {
        long nanos = pause.toNanos();
        Future<?> unused = loops.scheduleWithFixedDelay(tick, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private static void end(ExecutorService executor) throws InterruptedException {
        executor.shutdownNow();
        if (!executor.awaitTermination(MAX_CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("background work did not end executor={}", executor);
        }
    }

    private static NodeStartFailure logFailure(DataDirectory directory, LogFailure failure) {
        return switch (failure) {
            case LogFailure.CorruptLog(var file, long offset, String detail) ->
                new NodeStartFailure.LogUnreadable(
                        file + " is damaged at offset " + offset + " (" + detail + ")");
            case LogFailure.UnknownFormat(var file, int version) ->
                new NodeStartFailure.LogUnreadable(
                        file + " has the unknown format version " + version);
            case LogFailure.DiskFull full -> new NodeStartFailure.NoSpace(directory.path());
            case LogFailure.DiskFailed(String operation) ->
                new NodeStartFailure.LogUnreadable("the disk failed during " + operation);
            case LogFailure.LogClosed closed ->
                new NodeStartFailure.LogUnreadable("it was closed while it was being opened");
        };
    }

    private static KvFailure failureOf(Throwable poison) {
        return poison instanceof RaftLogException e && e.failure() instanceof LogFailure.DiskFull
                ? new KvFailure.DiskFull()
                : new KvFailure.Poisoned(sentenceOf(poison));
    }

    private static String sentenceOf(Throwable poison) {
        return poison instanceof RaftLogException e && e.failure() instanceof LogFailure.DiskFull
                ? "the disk is full"
                : "the log has stopped after a failed write";
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
