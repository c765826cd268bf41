package io.quorate.kv.leader;

import io.quorate.kv.AtLeader;
import io.quorate.kv.Committed;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.txn.GroupReplicas;
import io.quorate.kv.txn.TransactionCoordinator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/**
 * The store as every node of the cluster serves it: what this node leads is done here, everything else
 * is asked of the leader, and reads are answered from this node's own state once it is up to date.
 *
 * <p>A request that has to leave this node is tried again within the caller's deadline and five
 * seconds, always under the same command id, so it is applied once. Safe for any thread.
 */
public final class LeaderProxy implements AtLeader, TransactionalKv {
    private final Local local;
    private final Forwarder forwarder;
    private final FollowerReads reads;
    private final CommandIds ids;
    private final Map<Integer, Way> ways = new HashMap<>();

    /**
     * What this node does itself.
     *
     * @param replicas its groups
     * @param kv transactions and reads of what it leads
     * @param calls handlers of what it leads
     */
    public record Local(GroupReplicas replicas, TransactionCoordinator kv, LeaderCalls calls) {}

    /**
     * How it reaches others.
     *
     * @param peers asks a node; by the proxy's making this node also answers
     * @param addresses a node's present address by its node id, or the id itself: a leader that has
     *        moved is a new one to the circuit breaker
     */
    public record Remote(PeerCalls peers, UnaryOperator<String> addresses) {}

    /**
     * What waiting takes.
     *
     * @param timer ends waits
     * @param turns goes on after pauses
     * @param random spreads them, and makes ids; safe for any thread
     * @param listener hears what is forwarded
     */
    public record Pace(DeadlineTimer timer, Executor turns, RandomGenerator random,
            ForwardListener listener) {}

    /** Makes the proxy of a node and registers what it answers to others. */
    public LeaderProxy(Local local, Remote remote, Pace pace) {
        this.local = local;
        this.forwarder = new Forwarder(remote.peers(), remote.addresses(),
                new Pauses(pace.timer(), pace.turns(), pace.random()), pace.listener());
        this.reads = new FollowerReads(forwarder);
        this.ids = new CommandIds(pace.random());
        for (GroupReplica replica : local.replicas().all()) {
            GroupPath path = new GroupPath(replica, pace.timer()::nanoTime);
            ways.put(path.groupId(), new Way(path, new ReadIndexRounds(
                    deadline -> forwarder.run(path, new ReadIndexWork(), deadline), pace.timer(),
                    pace.listener())));
        }
        new LeaderService(local).serve(remote.peers());
    }

    @Override
    public void register(String name, LeaderHandler handler) {
        local.calls().register(name, handler);
    }

    @Override
    public boolean leadsHere(Key key) {
        return local.replicas().owning(key).group().leadership().serving();
    }

    @Override
    public Mono<Value> call(Key key, String name, Value request, Optional<RetryId> retryId) {
        return Mono.deferContextual(context -> forwarder.run(wayTo(key).path(),
                new HandlerWork(local.calls(), new LeaderCalls.Call(key, name, request),
                        new SentId(retryId, ids)),
                Deadline.of(context)).map(LeaderCall.Answer::value));
    }

    @Override
    public Mono<Committed> commit(Transaction transaction) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            Way way = wayTo(local.replicas().owning(transaction));
            return forwarder.run(way.path(), new CommitWork(local.kv(), transaction,
                    new SentId(Optional.empty(), ids)), deadline);
        });
    }

    @Override
    public Mono<Optional<Versioned>> get(Key key) {
        return Mono.deferContextual(context -> {
            Way way = wayTo(key);
            return reads.read(way.path(), way.rounds(), new ReadWork.Row(local.kv(), key),
                    Deadline.of(context));
        });
    }

    @Override
    public Mono<ScanPage> scan(Scan scan) {
        return Mono.deferContextual(context -> {
            Way way = wayTo(scan.range().start());
            return reads.read(way.path(), way.rounds(), new ReadWork.Page(local.kv(), scan),
                    Deadline.of(context));
        });
    }

    /** Readers that wait for a group's read index. */
    public int readIndexCallers(int groupId) {
        Way way = ways.get(groupId);
        return way == null ? 0 : way.rounds().callers();
    }

    /** Whether a group's leader does not answer and is not asked. */
    public boolean isLeaderBroken(int groupId) {
        Way way = ways.get(groupId);
        return way != null && way.path().isBroken();
    }

    private Way wayTo(Key key) {
        return wayTo(local.replicas().owning(key));
    }

    private Way wayTo(GroupReplica replica) {
        Way way = ways.get(replica.group().groupId());
        if (way == null) {
            throw new IllegalStateException("no way to group " + replica.group().groupId());
        }
        return way;
    }

    /**
     * To one group's leader.
     *
     * @param path who leads
     * @param rounds what reads share
     */
    private record Way(GroupPath path, ReadIndexRounds rounds) {}
}
