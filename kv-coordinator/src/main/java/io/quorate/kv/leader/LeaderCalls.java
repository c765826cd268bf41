package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.Value;
import io.quorate.kv.command.CommandId;
import io.quorate.kv.txn.GroupReplica;
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
public final class LeaderCalls {
    private final HandlerRegistry handlers = new HandlerRegistry();
    private final LeaderCall.Workers workers;

    /**
     * Makes the calls of a node.
     *
     * @param pool runs handlers that need the disk
     * @param turns runs handlers again; fed by calls in progress, each once
     */
    public LeaderCalls(ReadPool pool, Executor turns) {
        this.workers = new LeaderCall.Workers(pool, turns);
    }

    void register(String name, LeaderHandler handler) {
        handlers.add(name, handler);
    }

    /**
     * A call of a handler.
     *
     * @param key decides the group
     * @param name the handler
     * @param request its request
     */
    record Call(Key key, String name, Value request) {}

    boolean isReadOnly(Call call) {
        return handlers.required(call.name()).isReadOnly();
    }

    /** Runs the handler here; fails if this node does not lead. */
    Mono<LeaderCall.Answer> run(GroupReplica replica, Call call, Optional<CommandId> id,
            Deadline deadline) {
        return Mono.defer(() -> {
            LeaderHandler handler = handlers.required(call.name());
            List<Key> latches = handler.latches(call.request());
            if (latches.size() > LeaderHandler.MAX_LATCHES) {
                throw new IllegalStateException(
                        "handler " + call.name() + " names " + latches.size() + " latches");
            }
            LeaderCall.Request what = new LeaderCall.Request(call.key(), handler, call.request(),
                    id, latches);
            return Mono.create(
                    sink -> new LeaderCall(replica, what, deadline, workers, sink).begin());
        });
    }
}
