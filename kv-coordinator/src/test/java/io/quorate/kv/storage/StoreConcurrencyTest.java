package io.quorate.kv.storage;

import static io.quorate.kv.mvcc.StateMachineFixture.key;
import static io.quorate.kv.mvcc.StateMachineFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.KeyRange;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.mvcc.GcCursor;
import io.quorate.kv.mvcc.MvccStore.NotCachedException;
import io.quorate.kv.mvcc.StateMachineFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreConcurrencyTest {
    private static final int ENTRIES = 3_000;
    private static final Scan PAIR = Scan.ascending(new KeyRange(key("a"), key("z")), 10);

    @TempDir
    private Path directory;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong settled = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private RocksResources resources;
    private RocksMvccStore store;
    private StateMachineFixture group;

    @BeforeEach
    void open() throws IOException {
        resources = new RocksResources(StorageSettings.defaults());
        store = RocksMvccStore.open(resources, directory.resolve("group"));
        group = new StateMachineFixture(store);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
        resources.close();
    }

    /**
     * Every entry writes both rows or removes both. Whatever is applied and collected meanwhile, a
     * page shows both at one version, and what is read at a settled timestamp does not change.
     */
    @Test
    void readersSeeWholeEntriesWhileOthersAreAppliedAndCollected() throws Exception {
        applyPair(0);
        settled.set(store.applied().lastStamp());
        List<Future<Long>> readers = new ArrayList<>();
        readers.add(threads.submit(reading(() -> store.scanLatest(PAIR).rows())));
        readers.add(threads.submit(reading(() -> store.scanAt(PAIR, settled.get()).rows())));
        readers.add(threads.submit(collecting()));

        for (int i = 1; i <= ENTRIES; i++) {
            applyPair(i);
            settled.set(store.applied().lastStamp());
        }
        stop.set(true);

        for (Future<Long> reader : readers) {
            assertThat(reader.get()).isPositive();
        }
    }

    @Test
    void cachedReadAnswersFromMemoryAndSaysWhenItCannot() throws Exception {
        // Longer than a block, so that opening the store does not read it along with its own rows.
        Value block = Value.of(new byte[20_000]);
        group.apply(Transaction.of(new Mutation.Put(key("a"), block)));
        assertThat(store.getLatestCached(key("a"))).isPresent();
        assertThat(store.scanLatestCached(PAIR).rows()).hasSize(1);
        store.flush();
        store.close();
        resources.close();
        resources = new RocksResources(StorageSettings.defaults());
        store = RocksMvccStore.open(resources, directory.resolve("group"));
        group = new StateMachineFixture(store);
        group.apply(put("other"));

        assertThatThrownBy(() -> store.getLatestCached(key("a")))
                .isInstanceOf(NotCachedException.class);
        assertThatThrownBy(() -> store.scanLatestCached(PAIR))
                .isInstanceOf(NotCachedException.class);
        store.getLatest(key("a"));
        assertThat(store.getLatestCached(key("a"))).isPresent();
        assertThat(store.getLatestCached(key("other"))).isPresent();
    }

    @Test
    void valueLargerThanTheReadBufferIsReadWhole() {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        group.apply(Transaction.of(new Mutation.Put(key("a"), Value.of(large))));
        group.apply(put("a"));

        assertThat(store.getAt(key("a"), store.applied().lastStamp() - 1).orElseThrow().value())
                .isEqualTo(Value.of(large));
    }

    private Callable<Long> reading(Callable<List<Versioned>> read) {
        return () -> {
            long reads = 0;
            while (!stop.get()) {
                try {
                    List<Versioned> rows = read.call();
                    assertThat(rows.size()).isIn(0, 2);
                    assertThat(rows.stream().map(Versioned::version).distinct().count())
                            .isLessThanOrEqualTo(1);
                } catch (KvException tooOld) {
                    assertThat(tooOld.failure())
                            .isEqualTo(new KvFailure.ReadTooOld());
                }
                reads++;
            }
            return reads;
        };
    }

    private Callable<Long> collecting() {
        return () -> {
            GcCursor cursor = GcCursor.START;
            long deleted = 0;
            while (!stop.get()) {
                var batch = store.collect(cursor, 50);
                deleted += batch.deleted();
                cursor = batch.next();
            }
            return deleted;
        };
    }

    private void applyPair(int i) {
        Transaction change = i % 5 == 4
                ? Transaction.of(new Mutation.Delete(key("a")), new Mutation.Delete(key("b")))
                : Transaction.of(new Mutation.Put(key("a"), value("v" + i)),
                        new Mutation.Put(key("b"), value("v" + i)));
        assertThat(group.apply(change)).isInstanceOf(Outcome.Applied.class);
        if (i % 10 == 9) {
            group.apply(new Command.AdvanceSafePoint(store.applied().lastStamp() - 2));
        }
    }

    private static Transaction put(String key) {
        return Transaction.of(new Mutation.Put(key(key), value("small")));
    }
}
