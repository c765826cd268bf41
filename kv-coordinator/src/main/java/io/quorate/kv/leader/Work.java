package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.Value;
import io.quorate.kv.txn.GroupReplica;
import reactor.core.publisher.Mono;

/**
 * One request to a group's leader, as it is done here and as it is asked of another node. Belongs to
 * one caller; one thread at a time.
 *
 * @param <R> its result
 */
interface Work<R> {
    /** What another node is asked. */
    PeerCalls.Kind kind();

    /** Does it here; fails if this node does not lead. */
    Mono<R> here(GroupReplica replica, Deadline deadline);

    /**
     * What another node is asked to do; the same each time, so that the state machine knows it.
     *
     * @param logMillis the group's time now
     * @param budget after which nobody asks any more
     */
    Value request(long logMillis, Deadline budget);

    /**
     * What another node's answer says.
     *
     * @throws TooOldException if it took the request for one that had been under way for too long
     */
    R answered(Value answer);

    /** Whether an attempt without an answer may have changed something, or may yet. */
    default boolean changes() {
        return false;
    }

    /** Whether the attempt that was made here is known by an id, so that it may be made again. */
    default boolean isRepeatable() {
        return true;
    }

    /** Whether this result is final even if an earlier attempt is still on its way. */
    default boolean settles(R result) {
        return true;
    }

    /** The next request is stamped anew: no attempt so far can have changed anything. */
    default void renew() {}
}
