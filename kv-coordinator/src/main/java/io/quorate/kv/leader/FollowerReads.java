package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Linearizable reads on any node (Ongaro's thesis, 6.4): the leader's read index, which many readers
 * share; then this node's own state once it is applied that far. A replica that does not get there
 * within {@link #APPLY_PATIENCE} lags: then the leader reads. Safe for any thread.
 */
final class FollowerReads {
    /** How long a reader waits for this replica before it asks the leader to read. */
    static final Duration APPLY_PATIENCE = Duration.ofMillis(50);

    private final Forwarder forwarder;

    FollowerReads(Forwarder forwarder) {
        this.forwarder = forwarder;
    }

    <R> Mono<R> read(GroupPath path, ReadIndexRounds rounds, ReadWork<R> work,
            Deadline deadline) {
        if (path.endsHere()) {
            return forwarder.run(path, work, deadline);
        }
        return rounds.next(deadline).flatMap(index -> caughtUp(path, index, deadline))
                .flatMap(caughtUp -> caughtUp
                        ? work.applied(path.replica(), deadline)
                        : atLeader(path, work, deadline));
    }

    private Mono<Boolean> caughtUp(GroupPath path, long index, Deadline deadline) {
        return path.replica().readIndex().applied(index, deadline.within(APPLY_PATIENCE))
                .thenReturn(true)
                .onErrorResume(KvException.class, failure -> lags(failure, deadline)
                        ? Mono.just(false)
                        : Mono.error(failure));
    }

    private static boolean lags(KvException failure, Deadline deadline) {
        return failure.failure() instanceof KvFailure.DeadlineExceeded && !deadline.hasPassed();
    }

    private <R> Mono<R> atLeader(GroupPath path, ReadWork<R> work, Deadline deadline) {
        forwarder.listener().readAtLeader();
        return forwarder.run(path, work, deadline);
    }
}
