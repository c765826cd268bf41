package io.quorate.kv.member;

import io.quorate.kv.ClusterAdmin;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.blob.BodyCoverage;
import io.quorate.kv.mvcc.MvccStore;
import io.quorate.kv.raft.LeaderVerifier;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A node's part in its cluster's membership: makes itself known, answers those who ask, and at the leader
 * carries changes out. Safe for any thread.
 */
public final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final long TICK_MILLIS = 500;

    private final Group of;
    private final Roster roster;
    private final MemberRows rows;
    private final Scheduler thread;
    private final MemberChanges changes;
    private final Admissions admissions;
    private final Attendance attendance;
    private final PeerWatch watch;
    private final ClusterAdmin admin;
    private volatile boolean tidying;

    /**
     * The group whose configuration is the membership, as this node runs it.
     *
     * @param consensus the group
     * @param verifier confirms that this node leads it
     * @param store its state here
     * @param kv writes rows; used at the leader only
     * @param bodies asked before and after each change which bodies have holders enough
     */
    public record Group(HazelcastRaftGroup consensus, LeaderVerifier verifier, MvccStore store,
            TransactionalKv kv, BodyCoverage bodies) {}

    /**
     * Makes the part of a node whose group is open.
     *
     * @param timer runs everything here, which may read the disk; its owner ends it
     * @param removed told, perhaps more than once, that this node's data was removed from the cluster
     */
    public Membership(Group of, Roster roster, PeerLink link, ScheduledExecutorService timer,
            Runnable removed) {
        this.of = of;
        this.roster = roster;
        this.rows = new MemberRows(of.store());
        this.thread = Schedulers.fromExecutorService(timer, "members");
        this.changes = new MemberChanges(of, roster, link, thread);
        this.admissions = new Admissions(roster, of.consensus(), of.verifier(), rows, changes,
                link);
        this.attendance = new Attendance(roster, of.consensus(), admissions, link, removed);
        this.watch = new PeerWatch(roster, link, thread);
        this.admin = new RelayedAdmin(of.consensus(), admissions, link, thread);
        roster.votersFrom(() -> of.consensus().members().voters());
        link.calls().serve(PeerCalls.Kind.MEMBERSHIP,
                (group, question) -> onThread(() -> admissions.administer(Ask.decode(question)))
                        .map(Reply::encode));
        var unused = timer.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private Mono<Reply> onThread(java.util.function.Supplier<Mono<Reply>> answer) {
        return Mono.defer(answer).subscribeOn(thread);
    }

    /** Answers a node that may be no member. */
    public Mono<Value> answer(RaftMember from, Value question) {
        return onThread(() -> Ask.decode(question) instanceof Ask.Join join
                ? admissions.join(from, join)
                : Mono.just(new Reply.Refused("Only members are answered that.")))
                .map(Reply::encode);
    }

    /** Changes and shows the membership, from any node. */
    public ClusterAdmin admin() {
        return admin;
    }

    /** Why this node is no full member, if so. */
    public Optional<String> reasonNotReady() {
        return attendance.reasonNotReady();
    }

    private void tick() {
        try {
            watch.doubt(roster.wrote(rows.all()));
            attendance.tick();
            watch.tick(of.consensus().leadership().leader().isEmpty());
            if (!tidying) {
                tidying = true;
                var unused = changes.tidy().doFinally(end -> tidying = false)
                        .subscribe(nothing -> {},
                                failure -> LOG.info("membership rows not tidied reason={}",
                                        failure.toString()));
            }
        } catch (RuntimeException e) {
            LOG.warn("membership tick skipped", e);
        }
    }

    /** If this node leads, hands leadership over, so that its end is no failure. Blocks for that long at most. */
    public void handOver(Duration patience) {
        HazelcastRaftGroup group = of.consensus();
        Optional<String> successor = group.leadership().isLeader()
                ? changes.successor()
                : Optional.empty();
        if (successor.isEmpty()) {
            return;
        }
        CountDownLatch ended = new CountDownLatch(1);
        group.transferLeadership(successor.get(), new RaftGroup.ProposalCallback() {
            @Override
            public void committed(long index, Object applied) {
                LOG.info("leadership handed over to={}", successor.get());
                ended.countDown();
            }

            @Override
            public void failed(RaftFailure failure) {
                LOG.warn("leadership not handed over to={} failure={}", successor.get(), failure);
                ended.countDown();
            }
        });
        try {
            if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("leadership not handed over in time to={}", successor.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        attendance.close();
        watch.close();
        changes.close();
    }
}
