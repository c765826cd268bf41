package io.quorate.kv.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Nodes that reach each other in memory, and fail as told. */
final class ScriptedPeers {
    private final Map<String, BodyPeers.Replica> replicas = new HashMap<>();
    private final Set<String> dead = ConcurrentHashMap.newKeySet();
    private final Set<String> deaf = ConcurrentHashMap.newKeySet();
    private final Set<String> loseAcks = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> breaksAfter = new ConcurrentHashMap<>();
    private final AtomicInteger pushes = new AtomicInteger();
    private final AtomicLong pushedBytes = new AtomicLong();

    /** The way of one node to the others. */
    BodyPeers of(String self) {
        return new BodyPeers() {
            @Override
            public Mono<Void> push(String node, UUID id, Flux<BodyPart> parts) {
                return Mono.defer(() -> ScriptedPeers.this.push(node, id, parts));
            }

            @Override
            public Flux<ByteBuffer> fetch(String node, UUID id, long offset) {
                return Flux.defer(() -> dead.contains(node)
                        ? Flux.error(new IOException(node + " is dead"))
                        : breaking(node, replica(node).read(id, offset)));
            }

            @Override
            public void serve(Replica replica) {
                replicas.put(self, replica);
            }
        };
    }

    /** The node answers nobody, from now on. */
    void kill(String node) {
        dead.add(node);
    }

    void revive(String node) {
        dead.remove(node);
        deaf.remove(node);
        loseAcks.remove(node);
        breaksAfter.remove(node);
    }

    /** The node accepts pushes and takes nothing. */
    void deafen(String node) {
        deaf.add(node);
    }

    /** The node takes pushes, but its answer is lost. */
    void loseAcksOf(String node) {
        loseAcks.add(node);
    }

    /** Streams to and from the node break after so many bytes. */
    void breakAfter(String node, long bytes) {
        breaksAfter.put(node, bytes);
    }

    int pushes() {
        return pushes.get();
    }

    /** Bytes that nodes asked for and were given. */
    long pushedBytes() {
        return pushedBytes.get();
    }

    private Mono<Void> push(String node, UUID id, Flux<BodyPart> parts) {
        pushes.incrementAndGet();
        if (dead.contains(node)) {
            return Mono.error(new IOException(node + " is dead"));
        }
        if (deaf.contains(node)) {
            return parts.take(0).then(Mono.never());
        }
        AtomicLong sent = new AtomicLong();
        Flux<BodyPart> carried = parts.doOnNext(part -> {
            if (part instanceof BodyPart.Bytes(ByteBuffer bytes)) {
                pushedBytes.addAndGet(bytes.remaining());
                failPast(node, sent.addAndGet(bytes.remaining()));
            }
        });
        Mono<Void> received = replica(node).receive(id, carried);
        return loseAcks.contains(node)
                ? received.then(Mono.error(new IOException("the answer of " + node + " was lost")))
                : received;
    }

    private Flux<ByteBuffer> breaking(String node, Flux<ByteBuffer> bytes) {
        AtomicLong sent = new AtomicLong();
        return bytes.doOnNext(part -> failPast(node, sent.addAndGet(part.remaining())));
    }

    private void failPast(String node, long sent) {
        if (dead.contains(node) || sent > breaksAfter.getOrDefault(node, Long.MAX_VALUE)) {
            throw new IllegalStateException("the stream of " + node + " broke");
        }
    }

    private BodyPeers.Replica replica(String node) {
        BodyPeers.Replica replica = replicas.get(node);
        if (replica == null) {
            throw new IllegalStateException("no such node: " + node);
        }
        return replica;
    }
}
