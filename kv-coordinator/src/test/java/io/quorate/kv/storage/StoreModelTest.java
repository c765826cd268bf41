package io.quorate.kv.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Key;
import io.quorate.kv.Scan;
import io.quorate.kv.command.Command;
import io.quorate.kv.mvcc.GcCursor;
import io.quorate.kv.mvcc.InMemoryMvccStore;
import io.quorate.kv.mvcc.MvccEngine;
import io.quorate.kv.mvcc.MvccStore.NotCachedException;
import io.quorate.kv.mvcc.StateMachineFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to both, the store on RocksDB answers as the model does. */
class StoreModelTest {
    private static final int ENTRIES = 500;

    @TempDir
    private Path directory;

    private RocksResources resources;

    @BeforeEach
    void open() {
        resources = new RocksResources(StorageSettings.defaults());
    }

    @AfterEach
    void close() {
        resources.close();
    }

    @Test
    void randomTransactionsGiveEqualResultsAtAllTimestamps() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            run(seed);
        }
    }

    @Test
    @Tag("slow")
    void manyRandomTransactionsGiveEqualResultsAtAllTimestamps() throws Exception {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 300; seed++) {
            run(seed);
        }
    }

    private void run(long seed) throws Exception {
        try (RocksMvccStore store = RocksMvccStore.open(resources,
                directory.resolve("group-" + seed))) {
            Pair pair = new Pair(seed, store);
            for (int i = 0; i < ENTRIES; i++) {
                pair.step(i);
            }
            pair.compare();
            assertThat(pair.collected).as(pair.seed).isPositive();
            assertThat(pair.answeredFromMemory).as(pair.seed).isPositive();
        }
    }

    private static final class Pair {
        private final String seed;
        private final RandomTransactions random;
        private final RocksMvccStore store;
        private final InMemoryMvccStore model = new InMemoryMvccStore();
        private final StateMachineFixture onStore;
        private final StateMachineFixture onModel;
        private final long firstStamp;
        private GcCursor cursor = GcCursor.START;
        private int collected;
        private int answeredFromMemory;

        Pair(long seed, RocksMvccStore store) {
            this.seed = "seed " + seed;
            this.random = new RandomTransactions(seed);
            this.store = store;
            this.onStore = new StateMachineFixture(store);
            this.onModel = new StateMachineFixture(model);
            this.firstStamp = onStore.nextStamp();
        }

        void step(int i) throws Exception {
            Command[] commands = random.entry(model, onModel.nextStamp());
            assertThat(onStore.apply(commands)).as(seed).isEqualTo(onModel.apply(commands));
            if (i % 7 == 0) {
                MvccEngine.Collected batch = store.collect(cursor, 5);
                cursor = batch.next();
                collected += batch.deleted();
            }
            if (i % 50 == 0) {
                store.flush();
                onStore.advanceMillis(60_000);
                onModel.advanceMillis(60_000);
            }
            if (i % 25 == 0) {
                compare();
            }
        }

        void compare() throws Exception {
            assertThat(store.applied()).as(seed).isEqualTo(model.applied());
            long oldest = Math.max(firstStamp - 1, model.applied().safePoint());
            for (int i = 0; i < 60; i++) {
                Key key = random.key();
                long timestamp = timestamp(oldest);
                assertThat(store.getLatest(key)).as(seed).isEqualTo(model.getLatest(key));
                assertThat(store.getAt(key, timestamp)).as(seed)
                        .isEqualTo(model.getAt(key, timestamp));
                Scan scan = random.scan();
                assertThat(store.scanLatest(scan)).as(seed).isEqualTo(model.scanLatest(scan));
                assertThat(store.scanAt(scan, timestamp)).as(seed)
                        .isEqualTo(model.scanAt(scan, timestamp));
                compareCached(key, scan, timestamp);
            }
        }

        private void compareCached(Key key, Scan scan, long timestamp) {
            try {
                assertThat(store.getAtCached(key, timestamp)).as(seed)
                        .isEqualTo(model.getAt(key, timestamp));
                assertThat(store.scanAtCached(scan, timestamp)).as(seed)
                        .isEqualTo(model.scanAt(scan, timestamp));
                answeredFromMemory++;
            } catch (NotCachedException onDisk) {
                // Nothing was answered.
            }
        }

        /** Half of them among the last stamps, where most versions are. */
        private long timestamp(long oldest) {
            long last = model.applied().lastStamp();
            long from = random.between(0, 1) == 0 ? Math.max(oldest, last - 60) : oldest;
            return random.between(from, last);
        }
    }
}
