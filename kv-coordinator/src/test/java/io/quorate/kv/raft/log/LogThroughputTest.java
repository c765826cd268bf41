package io.quorate.kv.raft.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fsynced appends a second on the real disk, by groups and entries per flush; also a main, with the directory. */
@Tag("slow")
class LogThroughputTest {

    private static final Logger LOG = LoggerFactory.getLogger(LogThroughputTest.class);
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int SMALL_BYTES = 100;
    private static final int LARGE_BYTES = 64 << 10;

    /** One case: so many threads, each appending so many entries before it flushes. */
    record Load(int groups, int entriesPerFlush, int payloadBytes) {}

    /** What one case gave. */
    record Figures(Load load, double entriesPerSecond, double flushesPerSecond,
            double forcesPerSecond,
            double p50Micros, double p99Micros) {
        @Override
        public String toString() {
            return String.format(
                    "groups %d, entries/flush %d x %d B: %.0f entries/s, %.0f flushes/s, %.0f fsyncs/s,"
                            + " flush p50 %.0f us p99 %.0f us",
                    load.groups(), load.entriesPerFlush(), load.payloadBytes(),
                    entriesPerSecond, flushesPerSecond, forcesPerSecond, p50Micros, p99Micros);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path parent = arguments.length > 0
                ? Path.of(arguments[0])
                : Path.of(System.getProperty("java.io.tmpdir"));
        for (Load load : loads()) {
            System.out.println(measure(parent, load));
        }
    }

    static List<Load> loads() {
        List<Load> loads = new ArrayList<>();
        for (int groups : new int[]{1, 8, 32}) {
            for (int entries : new int[]{1, 16, 128}) {
                loads.add(new Load(groups, entries, SMALL_BYTES));
            }
        }
        loads.add(new Load(1, 1, LARGE_BYTES));
        loads.add(new Load(1, 16, LARGE_BYTES));
        loads.add(new Load(8, 16, LARGE_BYTES));
        return loads;
    }

    @Test
    void everyLoadMakesProgress() throws Exception {
        for (Load load : loads()) {
            Figures figures = measure(Path.of(System.getProperty("java.io.tmpdir")), load);
            LOG.info("raft log benchmark {}", figures);
            if (figures.entriesPerSecond() <= 0) {
                throw new AssertionError(figures);
            }
        }
    }

    static Figures measure(Path parent, Load load) throws Exception {
        Path directory = Files.createTempDirectory(parent, "raft-log");
        AtomicLong forces = new AtomicLong();
        LogListener listener = new LogListener() {
            @Override
            public void forced(long forceNanos, long bytes, int groups) {
                forces.incrementAndGet();
            }
        };
        LogSettings settings = LogSettings.defaults().withRetention(256L << 20);
        try (SegmentedRaftLog log = SegmentedRaftLog.open(directory, new FileChannelLogFiles(),
                settings, listener)) {
            run(log, load, WARM_UP_NANOS);
            forces.set(0);
            long started = System.nanoTime();
            Histogram histogram = run(log, load, MEASURED_NANOS);
            double seconds = (System.nanoTime() - started) / 1e9;
            double flushes = histogram.getTotalCount() / seconds;
            return new Figures(load, flushes * load.entriesPerFlush(), flushes,
                    forces.get() / seconds,
                    histogram.getValueAtPercentile(50) / 1e3,
                    histogram.getValueAtPercentile(99) / 1e3);
        } finally {
            delete(directory);
        }
    }

    private static Histogram run(SegmentedRaftLog log, Load load, long nanos)
            throws InterruptedException {
        ConcurrentHistogram histogram = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 2);
        LongAdder failures = new LongAdder();
        long until = System.nanoTime() + nanos;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < load.groups(); i++) {
            GroupLog group = log.group(i);
            Thread thread = new Thread(() -> append(group, load, until, histogram), "group-" + i);
            thread.setUncaughtExceptionHandler((failed, e) -> failures.increment());
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failures.sum() > 0) {
            throw new IllegalStateException(failures.sum() + " groups failed");
        }
        return histogram;
    }

    private static void append(GroupLog group, Load load, long until,
            ConcurrentHistogram histogram) {
        byte[] payload = new byte[load.payloadBytes()];
        int flushes = 0;
        while (System.nanoTime() < until) {
            long started = System.nanoTime();
            for (int i = 0; i < load.entriesPerFlush(); i++) {
                group.append(group.lastIndex() + 1, 1, payload);
            }
            group.flush();
            histogram.recordValue(System.nanoTime() - started);
            if (++flushes % 1000 == 0) {
                group.persistSnapshot(group.lastIndex(), 1, new byte[16]);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
