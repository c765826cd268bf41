package io.quorate.benchmarks;

import io.quorate.benchmarks.kv.KvOperation;
import io.quorate.benchmarks.kv.NodeUnderLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A node inside this process; every caller is a platform thread, for a virtual one whose answers need
 * no wait would keep the others from their turns.
 */
final class KvContender implements Contender {
    private final NodeUnderLoad node;
    private final KvOperation operation;
    private final Options options;

    KvContender(NodeUnderLoad node, Options options) {
        this.node = node;
        this.operation = KvOperation.titled(options.workload());
        this.options = options;
    }

    @Override
    public String name() {
        return "node";
    }

    @Override
    public void prepare() {
        for (int item = 0; item < options.shape().items(); item++) {
            node.put(item, options.shape().valueBytes());
        }
    }

    @Override
    public Measurement run(Duration duration) throws Exception {
        long begun = System.nanoTime();
        Measurement all = new Measurement();
        try (ExecutorService callers = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("caller-", 0).factory())) {
            List<Future<Measurement>> parts = new ArrayList<>();
            for (int caller = 0; caller < options.callers(); caller++) {
                long first = caller * 7919L;
                Callable<Measurement> loop = () -> loop(first, begun + duration.toNanos());
                parts.add(callers.submit(loop));
            }
            for (Future<Measurement> part : parts) {
                all.add(part.get());
            }
        }
        all.took((System.nanoTime() - begun) / 1e9);
        return all;
    }

    private Measurement loop(long first, long end) {
        Measurement measurement = new Measurement();
        long item = first;
        for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
            try {
                operation.call(node, item++ % options.shape().items(),
                        options.shape().valueBytes());
                measurement.right(operation.title(), System.nanoTime() - now);
            } catch (RuntimeException e) {
                measurement.wrong(e.toString());
            }
        }
        return measurement;
    }
}
