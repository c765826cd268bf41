package io.quorate.kv;

import reactor.core.publisher.Mono;

/** Tells waiters of this node that something was committed, so that long polls need no timer. */
public interface CommitWatch {
    /**
     * Completes after the next transaction applied on this node that writes a key with the given
     * key's route; may complete without one (a leader change). To miss nothing, subscribe before
     * reading. Fails with {@link KvFailure.DeadlineExceeded} at the deadline in the Reactor Context,
     * with {@link KvFailure.Overloaded} when too many wait. Cancelling removes the waiter.
     */
    Mono<Void> nextCommit(Key key);
}
