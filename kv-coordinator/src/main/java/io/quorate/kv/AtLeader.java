package io.quorate.kv;

import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Runs named handlers at the leader of the group that owns a key: here, or forwarded once.
 *
 * <p>The handler runs under latches, so contended keys queue instead of aborting each other, and
 * yields one transaction and one answer. Every node registers the same handlers before it serves.
 */
public interface AtLeader {
    /**
     * Registers a handler. All registrations happen before the node starts.
     *
     * @throws IllegalStateException if the name is taken
     */
    void register(String name, LeaderHandler handler);

    /**
     * Calls a handler and returns its answer once its transaction is committed (or, if it changed
     * nothing, once this node's leadership was confirmed after the handler read).
     *
     * <p>Reads the {@link Deadline} from the Reactor Context. Fails with a {@link KvException}.
     *
     * @param key decides the group
     * @param name the handler
     * @param request its request
     * @param retryId if present, a second call with the same id within the retry window answers what
     *        the first one answered and changes nothing
     */
    Mono<Value> call(Key key, String name, Value request, Optional<RetryId> retryId);

    /**
     * Whether this node believes to lead the group that owns the key. A hint, for background work that
     * one node shall do; nobody is asked.
     */
    default boolean leadsHere(Key key) {
        return true;
    }

    /** Calls without a retry id. */
    default Mono<Value> call(Key key, String name, Value request) {
        return call(key, name, request, Optional.empty());
    }
}
