package io.quorate.kv.leader;

import io.quorate.kv.AtLeader;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.RetryId;
import io.quorate.kv.Value;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.txn.GroupReplicas;
import io.quorate.kv.txn.ReadPool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import reactor.core.publisher.Mono;

/**
 * Runs handlers for groups that this node leads; a group led elsewhere is refused with who leads it.
 *
 * <p>In the common case a handler runs on the caller's thread, on state in memory, and its proposal is
 * the one hop to the Raft thread. A handler that had to wait for latches, or whose reads had changed at
 * commit, runs on {@code turns}; one that needs the disk on the read pool; none on the Raft thread.
 */
public final class LeaderCalls implements AtLeader {
    private final GroupReplicas replicas;
    private final HandlerRegistry handlers = new HandlerRegistry();
    private final LeaderCall.Workers workers;

    /**
     * Makes the calls of a node.
     *
     * @param pool runs handlers that need the disk
     * @param turns runs handlers again; fed by calls in progress, each once
     */
    public LeaderCalls(GroupReplicas replicas, ReadPool pool, Executor turns) {
        this.replicas = replicas;
        this.workers = new LeaderCall.Workers(pool, turns);
    }

    @Override
    public void register(String name, LeaderHandler handler) {
        handlers.add(name, handler);
    }

    @Override
    public boolean leadsHere(Key key) {
        return replicas.owning(key).group().leadership().serving();
    }

    @Override
    public Mono<Value> call(Key key, String name, Value request, Optional<RetryId> retryId) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            GroupReplica replica = replicas.owning(key);
            LeaderHandler handler = handlers.required(name);
            List<Key> latches = handler.latches(request);
            if (latches.size() > LeaderHandler.MAX_LATCHES) {
                throw new IllegalStateException(
                        "handler " + name + " names " + latches.size() + " latches");
            }
            LeaderCall.Request what = new LeaderCall.Request(key, handler, request, retryId,
                    latches);
            return Mono.create(
                    sink -> new LeaderCall(replica, what, deadline, workers, sink).begin());
        });
    }
}
