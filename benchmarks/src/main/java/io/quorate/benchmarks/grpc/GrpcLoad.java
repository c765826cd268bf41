package io.quorate.benchmarks.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.quorate.benchmarks.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/** Connections to the members of one cluster, and the load of N callers spread evenly over them. */
public final class GrpcLoad implements AutoCloseable {
    /** How long answers may be late after the end of a run. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PREPARING_CALLERS = 32;

    private final List<ManagedChannel> channels;

    /** Connects to these addresses, {@code host:port} each. */
    public GrpcLoad(List<String> addresses) {
        channels = addresses.stream().map(address -> NettyChannelBuilder.forTarget(address)
                .usePlaintext().directExecutor().build()).toList();
    }

    /** Asks once about every item. Fails if an answer is wrong. */
    public void once(Question<?, ?> question, Items items) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Measurement measured = run(question, PREPARING_CALLERS, PATIENCE, caller -> () -> {
            int item = next.getAndIncrement();
            return item < items.count() ? item : UnaryLoop.NO_MORE;
        });
        if (measured.wrong() > 0) {
            throw new IllegalStateException(measured.firstWrong().orElse(""));
        }
    }

    /** Asks about items in turn, for that long. */
    public Measurement during(Duration duration, Question<?, ?> question, Items items,
            int callers) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        return run(question, callers, duration, caller -> {
            AtomicInteger next = new AtomicInteger(caller * 7919);
            return () -> System.nanoTime() - end < 0
                    ? Math.floorMod(next.getAndIncrement(), items.count())
                    : UnaryLoop.NO_MORE;
        });
    }

    private <Q, A> Measurement run(Question<Q, A> question, int callers, Duration duration,
            IntFunction<IntSupplier> items) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(callers);
        List<UnaryLoop<Q, A>> loops = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            loops.add(new UnaryLoop<>(question, channels.get(caller % channels.size()),
                    items.apply(caller), ended));
        }
        long begun = System.nanoTime();
        loops.forEach(UnaryLoop::next);
        if (!ended.await(duration.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(ended.getCount() + " calls were never answered");
        }
        Measurement all = new Measurement();
        all.took((System.nanoTime() - begun) / 1e9);
        loops.forEach(loop -> all.add(loop.measurement()));
        return all;
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
