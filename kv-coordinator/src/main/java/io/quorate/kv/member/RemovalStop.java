package io.quorate.kv.member;

import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Ends the part of a removal that may be given up: while the others fetch object bodies. Safe for any thread. */
final class RemovalStop {
    /** Whoever still asks for the removal meanwhile is told that it was cancelled, instead of beginning it anew. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private Optional<Running> running = Optional.empty();
    private Optional<String> last = Optional.empty();
    private long lastAt;

    private record Running(String nodeId, Sinks.Empty<Void> sink) {}

    /** The removal was given up. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("cancelled by an operator", null, false, false);
        }
    }

    /** The step, which fails and is cancelled when the removal of the node is stopped meanwhile. */
    synchronized Mono<Void> unlessStopped(String nodeId, Mono<Void> step) {
        Running now = new Running(nodeId, Sinks.empty());
        running = Optional.of(now);
        Mono<Void> stopped = now.sink().asMono().then(Mono.error(Stopped::new));
        return Mono.firstWithSignal(step, stopped).doFinally(end -> over(now));
    }

    private synchronized void over(Running ended) {
        running = running.filter(now -> !now.equals(ended));
    }

    /** Stops the removal of the node; whether there was one that could be. */
    boolean stop(String nodeId) {
        Optional<Running> stopping;
        synchronized (this) {
            stopping = running.filter(now -> now.nodeId().equals(nodeId));
            if (stopping.isPresent()) {
                running = Optional.empty();
                last = Optional.of(nodeId);
                lastAt = System.nanoTime();
            }
        }
        return stopping.filter(now -> now.sink().tryEmitEmpty() == Sinks.EmitResult.OK)
                .isPresent();
    }

    /** Whether the removal of the node was stopped lately. */
    synchronized boolean wasStopped(String nodeId) {
        return last.equals(Optional.of(nodeId))
                && System.nanoTime() - lastAt < REMEMBERED.toNanos();
    }
}
