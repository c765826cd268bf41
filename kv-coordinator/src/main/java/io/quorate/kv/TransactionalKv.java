package io.quorate.kv;

import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Linearizable reads and strictly serializable transactions over all shards.
 *
 * <p>Every method reads the caller's {@link Deadline} from the Reactor Context and fails with a
 * {@link KvException}; subscribing without a deadline is an {@link IllegalStateException}. Safe for
 * any thread. Results arrive on a thread of the store: do not block there.
 */
public interface TransactionalKv {
    /** The latest committed row, or empty. Linearizable on every node. */
    Mono<Optional<Versioned>> get(Key key);

    /** One bounded page of a range, as of one moment. Linearizable on every node. */
    Mono<ScanPage> scan(Scan scan);

    /**
     * Commits the transaction.
     *
     * <p>Fails with {@link KvFailure.ConditionFailed} naming the first condition that did not hold;
     * with {@link KvFailure.OutcomeUnknown} when it may or may not be committed, now or later.
     * Cancelling abandons the wait, never the transaction.
     */
    Mono<Committed> commit(Transaction transaction);
}
