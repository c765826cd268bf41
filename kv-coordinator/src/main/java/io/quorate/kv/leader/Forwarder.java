package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.PeerCalls;
import java.time.Duration;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Brings requests to their leader: here if this node leads, otherwise by asking the node that does, for
 * at most five seconds and never past the caller's deadline. Safe for any thread.
 */
final class Forwarder {
    /** How long a request is forwarded at most, over all tries. */
    static final Duration BUDGET = Duration.ofSeconds(5);
    /** How long one try may take. */
    static final Duration TRY = Duration.ofSeconds(5);
    /** Tries before a pause; the leader is looked up anew for each. */
    static final int TRIES_PER_CYCLE = 3;

    private final PeerCalls peers;
    private final UnaryOperator<String> addresses;
    private final Pauses pauses;
    private final ForwardListener listener;

    /**
     * Makes the forwarding of a node.
     *
     * @param addresses a node's present address by its node id
     */
    Forwarder(PeerCalls peers, UnaryOperator<String> addresses, Pauses pauses,
            ForwardListener listener) {
        this.peers = peers;
        this.addresses = addresses;
        this.pauses = pauses;
        this.listener = listener;
    }

    /** Does one request, which belongs to one subscriber. */
    <R> Mono<R> run(GroupPath path, Work<R> work, Deadline deadline) {
        return new ForwardWalk<>(this, path, work, deadline).run();
    }

    PeerCalls peers() {
        return peers;
    }

    String addressOf(String node) {
        return addresses.apply(node);
    }

    Pauses pauses() {
        return pauses;
    }

    ForwardListener listener() {
        return listener;
    }
}
