package io.quorate.kv.blob;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import java.nio.ByteBuffer;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves bodies between nodes. Flow control is end to end: a receiver that asks for no more holds back
 * its sender, and neither side keeps more than a few parts in memory.
 *
 * <p>Safe for any thread; nothing blocks. Whoever cannot be reached is an error of the publisher: a
 * {@link KvException}, or what the transport says.
 */
public interface BodyPeers {
    /**
     * Sends a body to a node. Completes once the node has it, durably, file and directory; at once if
     * it has it already. A push that fails or is cancelled leaves nothing there, unless only its
     * answer was lost.
     *
     * @param node the node id
     * @param id the body
     * @param parts bytes, then {@link BodyPart.End}; asked for as the node takes them
     */
    Mono<Void> push(String node, UUID id, Flux<BodyPart> parts);

    /**
     * Reads a body that another node has.
     *
     * @param offset where to begin, 0 to the body's length
     */
    Flux<ByteBuffer> fetch(String node, UUID id, long offset);

    /** Sets who answers other nodes here. Called once, before the node serves. */
    void serve(Replica replica);

    /** The answering side. */
    interface Replica {
        /** Takes a body; completes once it is durable here. Parts are asked for one by one. */
        Mono<Void> receive(UUID id, Flux<BodyPart> parts);

        /** The bytes of a body from an offset; fails with {@link KvFailure.Refused} if it is not here. */
        Flux<ByteBuffer> read(UUID id, long offset);
    }

    /** For a node without others. */
    static BodyPeers none() {
        return new BodyPeers() {
            @Override
            public Mono<Void> push(String node, UUID id, Flux<BodyPart> parts) {
                return Mono.error(new KvFailure.NoLeader().asException());
            }

            @Override
            public Flux<ByteBuffer> fetch(String node, UUID id, long offset) {
                return Flux.error(new KvFailure.NoLeader().asException());
            }

            @Override
            public void serve(Replica replica) {
                // Nobody asks.
            }
        };
    }
}
