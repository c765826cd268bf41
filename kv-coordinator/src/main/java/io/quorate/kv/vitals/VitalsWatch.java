package io.quorate.kv.vitals;

import io.quorate.kv.Deadline;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.Value;
import io.quorate.kv.clock.Ticker;
import io.quorate.kv.clock.WallClock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Asks each peer for its {@link Vitals} and answers who asks for this node's. One question a peer is under way at a
 * time, and what is known of a peer that left is forgotten, so nothing grows. Safe for any thread.
 */
public final class VitalsWatch {
    private static final Logger LOG = LoggerFactory.getLogger(VitalsWatch.class);
    /** One question; less than a tick. */
    private static final Duration ASK = Duration.ofMillis(800);
    /** What was heard longer ago says nothing about now: some ticks. */
    private static final long FRESH_NANOS = Duration.ofSeconds(3).toNanos();
    /** Vitals are a node's, not a group's. */
    private static final int NO_GROUP = 0;

    private final Self self;
    private final PeerCalls calls;
    private final Supplier<? extends Collection<String>> peers;
    private final Map<String, Peer> known = new ConcurrentHashMap<>();

    /**
     * What this node tells, and measures with.
     *
     * @param takesWrites whether it takes writes now
     * @param wall its wall clock
     * @param ticker its monotonic clock
     */
    public record Self(BooleanSupplier takesWrites, WallClock wall, Ticker ticker) {}

    private record Heard(Vitals vitals, long atNanos) {}

    private static final class Peer {
        private final ClockDifference clock;
        private volatile Optional<Heard> heard = Optional.empty();
        private volatile boolean asked;

        Peer(String name) {
            this.clock = new ClockDifference(name);
        }

        synchronized void heard(Heard now, long ourMillis, long roundTripNanos) {
            heard = Optional.of(now);
            clock.heard(now.vitals().wallMillis(), ourMillis, roundTripNanos);
        }
    }

    /** @param peers the node ids of the others, now */
    public VitalsWatch(Self self, PeerCalls calls, Supplier<? extends Collection<String>> peers) {
        this.self = self;
        this.calls = calls;
        this.peers = peers;
        calls.serve(PeerCalls.Kind.VITALS,
                (group, question) -> Mono.fromSupplier(() -> own().encode()));
    }

    private Vitals own() {
        return new Vitals(self.takesWrites().getAsBoolean(), self.wall().currentMillis());
    }

    /** Asks everybody; returns at once. Called once a second. */
    public void tick() {
        Set<String> names = Set.copyOf(peers.get());
        known.keySet().retainAll(names);
        names.forEach(name -> ask(name, known.computeIfAbsent(name, Peer::new)));
    }

    private void ask(String name, Peer peer) {
        if (peer.asked) {
            return;
        }
        peer.asked = true;
        var unused = Mono.defer(() -> {
            long begun = self.ticker().nanos();
            return calls.call(name, PeerCalls.Kind.VITALS, NO_GROUP, Value.empty())
                    .doOnNext(answer -> hear(peer, answer, begun));
        }).contextWrite(Deadline.after(ASK)::into).doFinally(end -> peer.asked = false)
                .subscribe(answer -> {},
                        failure -> LOG.debug("no vitals peer={}", name, failure));
    }

    private void hear(Peer peer, Value answer, long begun) {
        long now = self.ticker().nanos();
        peer.heard(new Heard(Vitals.decode(answer), now), self.wall().currentMillis(),
                now - begun);
    }

    /** Whether a peer said lately that it takes writes. One that is silent, or of an earlier release, did not. */
    public boolean takesWrites(String name) {
        Peer peer = known.get(name);
        return peer != null && peer.heard
                .filter(last -> self.ticker().nanos() - last.atNanos() < FRESH_NANOS)
                .map(last -> last.vitals().takesWrites()).orElse(false);
    }

    /** The names of the peers that have told their clock and still belong to the cluster. */
    public Set<String> told() {
        return known.entrySet().stream()
                .filter(peer -> peer.getValue().clock.millis().isPresent())
                .map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
    }

    /** A peer's wall clock less this node's, in milliseconds; empty if it has not told. */
    public Optional<Long> clockDifferenceMillis(String name) {
        Peer peer = known.get(name);
        return peer == null ? Optional.empty() : peer.clock.millis();
    }
}
