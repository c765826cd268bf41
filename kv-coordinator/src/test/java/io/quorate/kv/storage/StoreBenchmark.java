package io.quorate.kv.storage;

import io.quorate.kv.Key;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.EntryAssembler;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.mvcc.MvccStore.NotCachedException;
import io.quorate.kv.mvcc.StateMachineFixture;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToLongFunction;

/** Prints apply and read throughput of one group: {@code StoreBenchmark <directory> [seconds]}. */
public final class StoreBenchmark {
    private static final int KEYS = 100_000;
    private static final int VALUE_BYTES = 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final RocksMvccStore store;
    private final StateMachineFixture group;
    private final Random random = new Random(1);
    private final long nanosEach;

    private StoreBenchmark(RocksMvccStore store, long seconds) {
        this.store = store;
        this.group = new StateMachineFixture(store);
        this.nanosEach = seconds * 1_000_000_000L;
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "bench");
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 5;
        try (RocksResources resources = new RocksResources(StorageSettings.defaults())) {
            try (RocksMvccStore store = RocksMvccStore.open(resources, directory)) {
                new StoreBenchmark(store, seconds).run();
                long begin = System.nanoTime();
                store.flush();
                print("flush, ms", (System.nanoTime() - begin) / 1e6);
                print("native memory, MiB", resources.memoryBytes() / 1048576.0);
            }
            long begin = System.nanoTime();
            RocksMvccStore.open(resources, directory).close();
            print("open and close, ms", (System.nanoTime() - begin) / 1e6);
        }
    }

    private void run() {
        for (int i = 0; i < KEYS; i += 100) {
            apply(100, i);
        }
        for (int round = 0; round < 2; round++) {
            measure("entries of 1 put, puts/s", i -> apply(1, random.nextInt(KEYS)));
            measure("entries of 100 puts, puts/s", i -> apply(100, random.nextInt(KEYS - 100)));
            measure("entries of 100 new rows, puts/s", i -> apply(100, KEYS + i * 100));
            measure("getLatestCached/s", i -> getCached());
            measure("encode 1 put/s", i -> EntryCodec.encode(put(i)).length > 0 ? 1 : 0);
        }
    }

    private long apply(int puts, int first) {
        List<byte[]> commands = new ArrayList<>(puts);
        for (int i = 0; i < puts; i++) {
            commands.add(EntryCodec.encode(put(first + i)));
        }
        long index = group.index() + 1;
        byte[] entry = EntryAssembler.assemble(store.applied().lastStamp() + (1L << 32), commands);
        group.applyAt(index, entry);
        return puts;
    }

    private long getCached() {
        for (int i = 0; i < 100; i++) {
            try {
                if (store.getLatestCached(key(random.nextInt(KEYS))).isEmpty()) {
                    throw new IllegalStateException("row lost");
                }
            } catch (NotCachedException fetched) {
                store.getLatest(key(random.nextInt(KEYS)));
            }
        }
        return 100;
    }

    /** Wall time says what a busy machine gave; the thread's CPU time what the work took. */
    private void measure(String name, IntToLongFunction step) {
        long begin = System.nanoTime();
        long cpuBegin = THREADS.getCurrentThreadCpuTime();
        long done = 0;
        int steps = 0;
        while (System.nanoTime() - begin < nanosEach) {
            done += step.applyAsLong(steps++);
        }
        long cpu = THREADS.getCurrentThreadCpuTime() - cpuBegin;
        print(name, done / ((System.nanoTime() - begin) / 1e9));
        print("  CPU of the applying thread, ns each", (double) cpu / done);
    }

    private static Command put(int number) {
        byte[] value = new byte[VALUE_BYTES];
        ByteBuffer.wrap(value).putLong(number * 0x9E3779B97F4A7C15L);
        return Command.Commit.of(Transaction.of(new Mutation.Put(key(number), Value.of(value))));
    }

    private static Key key(int number) {
        return Key.of(number & 0xFFFF,
                ByteBuffer.allocate(24).putLong(3).putLong(number).putLong(0).array());
    }

    private static void print(String name, double value) {
        System.out.printf(Locale.ROOT, "%-40s %,14.0f%n", name, value);
    }
}
