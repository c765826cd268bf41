package io.quorate.kv.peer;

import io.quorate.kv.Value;
import reactor.core.publisher.Mono;

/** Answers nodes that may be no members. Called on event loops: does not block. */
@FunctionalInterface
public interface AdmissionDesk {
    /**
     * Answers a question under the {@link io.quorate.kv.Deadline} of the Reactor Context.
     *
     * @param from who asks, as the handshake found it
     */
    Mono<Value> answer(NodeIdentity from, Value question);
}
