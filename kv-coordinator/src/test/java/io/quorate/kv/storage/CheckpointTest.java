package io.quorate.kv.storage;

import static io.quorate.kv.mvcc.StateMachineFixture.key;
import static io.quorate.kv.mvcc.StateMachineFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.Versioned;
import io.quorate.kv.mvcc.CommitListener;
import io.quorate.kv.mvcc.StateMachineFixture;
import io.quorate.kv.raft.UnusableCheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final int ROWS = 200;
    private static final Scan EVERYTHING = Scan.ascending(new KeyRange(key("row"), key("rox")),
            Scan.MAX_LIMIT);

    @TempDir
    private Path directory;

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
        store.close();
        resources.close();
    }

    @Test
    void checkpointIsTheStateOfItsIndexAndOfNoLaterOne() throws IOException {
        writeAll("old");
        Path files = Files.createDirectory(directory.resolve("checkpoint"));

        long index = group.machine.checkpoint(files);
        writeAll("new");
        group.machine.restore(files);

        assertThat(index).isEqualTo(1);
        assertThat(store.applied().index()).isEqualTo(1);
        assertThat(group.machine.durableIndex()).isEqualTo(1);
        assertThat(valuesOf(store.scanLatest(EVERYTHING))).containsOnly("old").hasSize(ROWS);
    }

    @Test
    void whatCannotBeOpenedLeavesTheStateAsItWas() throws IOException {
        writeAll("old");
        Path files = Files.createDirectory(directory.resolve("checkpoint"));
        group.machine.checkpoint(files);
        Files.writeString(files.resolve("CURRENT"), "MANIFEST-999999\n");

        assertThatThrownBy(() -> group.machine.restore(files))
                .isInstanceOf(UnusableCheckpointException.class);

        assertThat(valuesOf(store.scanLatest(EVERYTHING))).containsOnly("old").hasSize(ROWS);
        writeAll("new");
        assertThat(valuesOf(store.scanLatest(EVERYTHING))).containsOnly("new").hasSize(ROWS);
        Path whole = Files.createDirectory(directory.resolve("whole"));
        group.machine.checkpoint(whole);
        group.machine.restore(whole);
        assertThat(valuesOf(store.scanLatest(EVERYTHING))).containsOnly("new").hasSize(ROWS);
    }

    @Test
    void restoringTellsThatCommitsMayHaveBeenMissed() throws IOException {
        writeAll("old");
        Path files = Files.createDirectory(directory.resolve("checkpoint"));
        group.machine.checkpoint(files);
        AtomicBoolean told = new AtomicBoolean();
        StateMachineFixture listening = new StateMachineFixture(store, new CommitListener() {
            @Override
            public void committed(long index, int[] routes) {}

            @Override
            public void replaced() {
                told.set(true);
            }
        });

        listening.machine.restore(files);

        assertThat(told).isTrue();
    }

    @Test
    void checkpointTakenWhileEntriesAreAppliedIsThatOfOneIndex() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(3);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Future<?> writer = executor.submit(() -> {
            for (int i = 0; !stop.get(); i++) {
                writeAll("v" + i);
                begun.countDown();
            }
        });
        begun.await();
        Path files = directory.resolve("checkpoint");
        long index = store.checkpoint(files);
        stop.set(true);
        writer.get();
        executor.shutdown();

        try (RocksMvccStore copy = RocksMvccStore.open(resources, directory.resolve("copy"))) {
            copy.restore(files);

            assertThat(copy.applied().index()).isEqualTo(index);
            assertThat(valuesOf(copy.scanLatest(EVERYTHING))).containsOnly("v" + (index - 1))
                    .hasSize(ROWS);
        }
    }

    @Test
    void restoredStateSurvivesReopening() throws IOException {
        writeAll("old");
        Path files = directory.resolve("checkpoint");
        store.checkpoint(files);
        writeAll("new");
        store.restore(files);
        store.close();

        store = RocksMvccStore.open(resources, directory.resolve("group"));

        assertThat(store.applied().index()).isEqualTo(1);
        assertThat(valuesOf(store.scanLatest(EVERYTHING))).containsOnly("old");
    }

    @Test
    void readersFinishOnTheStateTheyBeganOnWhileItIsRestored() throws Exception {
        writeAll("old");
        Path files = directory.resolve("checkpoint");
        store.checkpoint(files);
        writeAll("new");
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        CountDownLatch begun = new CountDownLatch(3);
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            results.add(readers.submit(() -> readUntil(stop, begun)));
        }
        begun.await();

        store.restore(files);
        stop.set(true);

        for (Future<?> result : results) {
            result.get();
        }
        readers.shutdown();
        assertThat(valuesOf(store.scanLatest(EVERYTHING))).containsOnly("old");
        Awaitility.await()
                .untilAsserted(() -> assertThat(directory.resolve("group/state-1")).doesNotExist());
    }

    @Test
    void appliedEntriesContinueAfterARestore() throws IOException {
        writeAll("old");
        Path files = directory.resolve("checkpoint");
        store.checkpoint(files);
        writeAll("new");
        store.restore(files);
        group = new StateMachineFixture(store);

        writeAll("again");

        assertThat(store.applied().index()).isEqualTo(2);
        assertThat(valuesOf(store.scanLatest(EVERYTHING))).containsOnly("again");
    }

    /** Every page is wholly one state; all readers are released before the old state is closed. */
    private void readUntil(AtomicBoolean stop, CountDownLatch begun) {
        while (!stop.get()) {
            List<String> values = valuesOf(store.scanLatest(EVERYTHING));
            assertThat(values).hasSize(ROWS);
            assertThat(values.stream().distinct()).hasSize(1);
            begun.countDown();
        }
    }

    private void writeAll(String value) {
        Mutation[] puts = new Mutation[ROWS];
        for (int i = 0; i < ROWS; i++) {
            puts[i] = new Mutation.Put(key("row%03d".formatted(i)), value(value));
        }
        group.apply(Transaction.of(puts));
    }

    private static List<String> valuesOf(ScanPage page) {
        return page.rows().stream().map(Versioned::value)
                .map(value -> new String(value.shared(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

}
