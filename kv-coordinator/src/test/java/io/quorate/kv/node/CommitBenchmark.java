package io.quorate.kv.node;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quorate.kv.Committed;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/**
 * Commits per second of one node in this process, closed loop: each caller sends its next request from
 * the answer of the one before, as an event loop would. Run by hand:
 * {@code CommitBenchmark <directory> <seconds> <callers>...}.
 */
public final class CommitBenchmark {
    private static final int KEYS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Node node;
    private final Value value = Value.of(new byte[100]);

    private CommitBenchmark(Node node) {
        this.node = node;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(args[0]), "commit-benchmark");
        try (Node node = Node.start(NodeSettings.of(directory, "n1"), NodeSeams.system(),
                new SimpleMeterRegistry())) {
            CommitBenchmark benchmark = new CommitBenchmark(node);
            node.atLeader().register("put", benchmark.new PutHandler());
            int seconds = Integer.parseInt(args[1]);
            benchmark.measure("warm-up", 64, 2 * seconds, benchmark::commit);
            for (int i = 2; i < args.length; i++) {
                int callers = Integer.parseInt(args[i]);
                benchmark.measure("commit", callers, seconds, benchmark::commit);
                benchmark.measure("handler", callers, seconds, benchmark::call);
                benchmark.measure("get", callers, seconds, n -> node.kv().get(key(n)));
            }
        } finally {
            deleteAll(directory);
        }
    }

    private void measure(String name, int callers, int seconds, Request request)
            throws InterruptedException {
        Histogram latencies = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(20), 3);
        AtomicBoolean running = new AtomicBoolean(true);
        long begun = System.nanoTime();
        for (int i = 0; i < callers; i++) {
            new Caller(request, latencies, running, i).start();
        }
        TimeUnit.SECONDS.sleep(seconds);
        running.set(false);
        double elapsed = (System.nanoTime() - begun) / 1e9;
        System.out.printf(Locale.ROOT, "%-8s callers=%-4d %9.0f/s p50=%.3f ms p99=%.3f ms%n", name,
                callers, latencies.getTotalCount() / elapsed,
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6);
    }

    private Mono<Committed> commit(long number) {
        return node.kv().commit(Transaction.of(new Mutation.Put(key(number), value)));
    }

    private Mono<Value> call(long number) {
        Key key = key(number);
        return node.atLeader().call(key, "put", Value.of(key.toByteArray()));
    }

    private static Key key(long number) {
        long spread = Math.floorMod(number * 0x9E3779B97F4A7C15L, (long) KEYS);
        return Key.of((int) spread,
                ByteBuffer.allocate(16).putLong(1).putLong(spread).array());
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private interface Request {
        Mono<?> make(long number);
    }

    /** Reads the row and overwrites it, as a conditional put does. */
    private final class PutHandler implements LeaderHandler {
        @Override
        public List<Key> latches(Value request) {
            return List.of(keyOf(request));
        }

        @Override
        public Decision handle(LeaderView view, Value request) {
            Key key = keyOf(request);
            Value answer = Value.of(new byte[]{(byte) (view.get(key).isPresent() ? 1 : 0)});
            return new Decision(Transaction.of(new Mutation.Put(key, value)), answer);
        }

        private Key keyOf(Value request) {
            return Key.of(0, request.toByteArray());
        }
    }

    private static final class Caller {
        private final Request request;
        private final Histogram latencies;
        private final AtomicBoolean running;
        private long number;
        private final AtomicInteger answers = new AtomicInteger();

        Caller(Request request, Histogram latencies, AtomicBoolean running, int id) {
            this.request = request;
            this.latencies = latencies;
            this.running = running;
            this.number = (long) id << 32;
        }

        void start() {
            Thread.ofPlatform().daemon().start(this::next);
        }

        /** A loop where the answer comes before the call returns, so that the stack does not grow. */
        private void next() {
            if (answers.getAndIncrement() > 0) {
                return;
            }
            do {
                if (!running.get()) {
                    return;
                }
                long begun = System.nanoTime();
                request.make(number++).contextWrite(Deadline.after(PATIENCE)::into)
                        .subscribe(answer -> latencies.recordValue(System.nanoTime() - begun),
                                failure -> System.err.println("failed: " + failure), this::next);
            } while (answers.decrementAndGet() > 0);
        }
    }
}
