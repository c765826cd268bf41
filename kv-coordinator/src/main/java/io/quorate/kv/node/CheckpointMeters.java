package io.quorate.kv.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quorate.kv.peer.checkpoint.CheckpointListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Meters of checkpoints on their way, by group and peer: as many series as a node has groups and ever had peers. Safe for
 * any thread.
 */
final class CheckpointMeters implements CheckpointListener {
    private final MeterRegistry registry;
    private final Map<Line, AtomicLong> totals = new ConcurrentHashMap<>();

    private record Line(String name, int group, String peer) {
        Tags tags() {
            return Tags.of("group", String.valueOf(group), "peer", peer);
        }
    }

    CheckpointMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void sent(int group, String peer, long bytes) {
        count("quorate.checkpoint.sent.bytes", group, peer, bytes);
    }

    @Override
    public void received(int group, String peer, long bytes) {
        count("quorate.checkpoint.received.bytes", group, peer, bytes);
    }

    @Override
    public void sends(int group, String peer, long total) {
        total(new Line("quorate.checkpoint.sending.bytes", group, peer)).set(total);
    }

    @Override
    public void receives(int group, String peer, long total) {
        total(new Line("quorate.checkpoint.receiving.bytes", group, peer)).set(total);
    }

    private void count(String name, int group, String peer, long bytes) {
        registry.counter(name, new Line(name, group, peer).tags()).increment((double) bytes);
    }

    private AtomicLong total(Line line) {
        return totals.computeIfAbsent(line, fresh -> {
            AtomicLong value = new AtomicLong();
            Gauge.builder(fresh.name(), value, AtomicLong::doubleValue).tags(fresh.tags())
                    .description("size of the checkpoint on its way, 0 without one")
                    .register(registry);
            return value;
        });
    }
}
