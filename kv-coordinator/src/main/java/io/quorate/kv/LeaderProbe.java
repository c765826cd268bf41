package io.quorate.kv;

import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Answers, within the caller's deadline, whether this node leads a group, confirmed by a quorum
 * after the question was asked (ReadIndex without waiting for apply; Ongaro's thesis, 6.4).
 *
 * <p>Completes empty when it does. Otherwise fails with a {@link KvException}:
 * {@link KvFailure.NotLeader}, {@link KvFailure.NoLeader},
 * {@link KvFailure.LeadershipTransferInProgress}, {@link KvFailure.DeadlineExceeded},
 * {@link KvFailure.Overloaded} or {@link KvFailure.Poisoned}. Cancelling removes the waiter at once.
 */
public interface LeaderProbe {
    /** Verifies the default group. */
    Mono<Void> verifyLeader();

    /** Verifies the group that owns the key. */
    Mono<Void> verifyLeaderFor(Key key);

    /** Verifies a group by its number; an unknown number is {@link KvFailure.NoLeader}. */
    Mono<Void> verifyLeaderOf(int groupId);

    /** The node id this node believes to lead the group, if any. No quorum is asked. */
    Optional<String> knownLeader(int groupId);
}
