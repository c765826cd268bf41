package io.quorate.kv;

import reactor.core.publisher.Mono;

/**
 * Requests to other nodes of the cluster, one answer each. What is asked and answered is opaque here;
 * the room that serves a kind of request owns its format.
 *
 * <p>Safe for any thread; nothing blocks.
 */
public interface PeerCalls {
    /** What a request asks for; names and numbers are part of the protocol between nodes. */
    enum Kind {
        /** Commit a transaction at the group's leader. */
        COMMIT,
        /** Run a handler at the group's leader. */
        HANDLER,
        /** Tell the group's read index, confirmed by a quorum after the request came. */
        READ_INDEX,
        /** Read at the group's leader, for a replica that lags. */
        READ,
        /** Show or change who the group's members are, at its leader. */
        MEMBERSHIP,
        /** Tell what the node says of itself, whatever the group. */
        VITALS
    }

    /**
     * Asks a node. The {@link Deadline} in the Reactor Context goes with the request as time that
     * remains, and bounds the answer's way back; a cancel cancels the request there.
     *
     * <p>Fails with what the node answered, a {@link KvException}, or with a {@link PeerException} if
     * there was no answer.
     *
     * @param node the node id
     * @param group the group the request is about
     */
    Mono<Value> call(String node, Kind kind, int group, Value request);

    /**
     * Sets who answers requests of a kind on this node. All registrations happen before the node serves.
     *
     * @throws IllegalStateException if the kind is taken
     */
    void serve(Kind kind, Handler handler);

    /** Answers requests of one kind. */
    @FunctionalInterface
    interface Handler {
        /**
         * Answers a request, or fails with a {@link KvException}; anything else is reported as
         * {@link KvFailure.OutcomeUnknown}. The sender's remaining time is the {@link Deadline} in the
         * Reactor Context. Called on a thread that must not block.
         */
        Mono<Value> handle(int group, Value request);
    }
}
