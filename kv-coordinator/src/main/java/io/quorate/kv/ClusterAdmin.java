package io.quorate.kv;

import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Changes who belongs to the cluster. Any node takes the request; the leader carries it out.
 *
 * <p>Every method reads the caller's {@link Deadline} from the Reactor Context and fails with a
 * {@link KvException}: {@link KvFailure.Refused} with a sentence for the operator when the request cannot
 * be carried out as things are, {@link KvFailure.OutcomeUnknown} when it may have been. Each can be asked
 * again: what is done already counts as done. Safe for any thread.
 */
public interface ClusterAdmin {
    /** The cluster as the leader sees it, or this node if there is none in reach. */
    Mono<ClusterStatus> status();

    /**
     * Adds a node that waits at an address to be let in, and completes when it has a vote.
     *
     * @param nodeId the name it was started with
     * @param address host and port of its peer port
     */
    Mono<Void> add(String nodeId, String address);

    /**
     * Removes a member, and completes when it has no vote any more; its process then stops by itself. Refused
     * if those that remain and answer are no majority.
     */
    Mono<Void> remove(String nodeId);

    /**
     * Gives up a removal that waits until the others hold the object bodies, and completes when the member counts as
     * before; also if nothing is being removed. Refused once the vote is being taken away.
     */
    Mono<Void> cancelRemoval(String nodeId);

    /**
     * Hands leadership of the default group over.
     *
     * @param nodeId to whom; empty: to the member that is furthest
     */
    Mono<Void> transfer(Optional<String> nodeId);
}
