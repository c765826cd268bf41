package io.quorate.kv.storage;

import static io.quorate.kv.mvcc.StateMachineFixture.key;
import static io.quorate.kv.mvcc.StateMachineFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.mvcc.AppliedState;
import io.quorate.kv.mvcc.InMemoryMvccStore;
import io.quorate.kv.mvcc.StateMachineFixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What is left of a store after a crash, a failed disk or a version that was too new. */
class StoreRecoveryTest {
    private static final long MIB = 1024 * 1024;
    private static final KeyRange ALL = new KeyRange(Key.of(3, new byte[]{0}),
            Key.of(3, new byte[]{'z'}));

    @TempDir
    private Path directory;

    private RocksResources resources;
    private Path path;

    @BeforeEach
    void open() {
        resources = new RocksResources(StorageSettings.defaults());
        path = directory.resolve("group");
    }

    @AfterEach
    void close() {
        resources.close();
    }

    @Test
    void crashKeepsExactlyWhatWasFlushedAndReplayRestoresTheRest() throws IOException {
        long seed = System.nanoTime();
        InMemoryMvccStore model = new InMemoryMvccStore();
        List<byte[]> log = record(model, seed, 200);
        try (RocksMvccStore store = RocksMvccStore.open(resources, path)) {
            replay(store, log.subList(0, 120), 0);
            assertThat(store.flush()).isEqualTo(120);
            replay(store, log.subList(120, 200), 120);
        }

        // Closing without a flush loses what only was in memory, as a crash does.
        try (RocksMvccStore store = RocksMvccStore.open(resources, path)) {
            assertThat(store.applied().index()).isEqualTo(120);
            assertThat(new StateMachineFixture(store).machine.durableIndex()).isEqualTo(120);
            replay(store, log, 0);

            assertThat(store.applied()).as("seed %d", seed).isEqualTo(model.applied());
            for (boolean descending : new boolean[]{false, true}) {
                Scan scan = new Scan(ALL, Scan.MAX_LIMIT, Scan.MAX_BYTES, descending);
                assertThat(store.scanLatest(scan)).as("seed %d", seed)
                        .isEqualTo(model.scanLatest(scan));
            }
        }
    }

    @Test
    void emptyStoreBeginsBeforeTheFirstIndex() throws IOException {
        try (RocksMvccStore store = RocksMvccStore.open(resources, path)) {
            assertThat(store.applied()).isEqualTo(AppliedState.NOTHING);
        }
    }

    @Test
    void failedFlushPoisonsTheStore() throws IOException {
        try (RocksMvccStore store = RocksMvccStore.open(resources, path)) {
            StateMachineFixture group = new StateMachineFixture(store);
            group.apply(put("a", "1"));
            deleteTree(path);

            assertThatThrownBy(store::flush).isInstanceOf(KvException.class);

            assertPoisoned(() -> group.apply(put("b", "2")));
            assertPoisoned(() -> store.getLatest(key("a")));
            assertPoisoned(store::flush);
        }
    }

    @Test
    void flushThatFailsInTheBackgroundPoisonsTheStore() throws IOException {
        Value large = Value.of(new byte[256 * 1024]);
        try (RocksResources small = new RocksResources(new StorageSettings(MIB, MIB, MIB, 16, 1));
                RocksMvccStore store = RocksMvccStore.open(small, path)) {
            StateMachineFixture group = new StateMachineFixture(store);
            deleteTree(path);

            Awaitility.await().untilAsserted(() -> assertPoisoned(
                    () -> group.apply(Transaction.of(new Mutation.Put(key("a"), large)))));
        }
    }

    @Test
    void writeToAClosedStoreIsRefused() throws IOException {
        RocksMvccStore store = RocksMvccStore.open(resources, path);
        StateMachineFixture group = new StateMachineFixture(store);
        store.close();
        store.close();

        assertPoisoned(() -> group.apply(put("a", "1")));
        assertPoisoned(() -> store.getLatest(key("a")));
    }

    @Test
    void fullDiskIsToldByItsCode() {
        assertThat(RocksFailures
                .failureOf(new Status(Status.Code.IOError, Status.SubCode.NoSpace, "any text")))
                .isEqualTo(new KvFailure.DiskFull());
        assertThat(RocksFailures
                .failureOf(new Status(Status.Code.IOError, Status.SubCode.None, "No space left")))
                .isInstanceOf(KvFailure.Poisoned.class);
    }

    @Test
    void stateOfANewerVersionIsRefusedInOneSentence() throws IOException, RocksDBException {
        RocksMvccStore.open(resources, path).close();
        Path database = path.resolve("state-1");
        try (Options options = resources.newOptions();
                RocksDB db = RocksDB.open(options, database.toString())) {
            db.put(RowLayout.FORMAT_KEY, ByteBuffer.allocate(4).putInt(2).array());
        }

        assertThatThrownBy(() -> RocksMvccStore.open(resources, path))
                .isInstanceOf(IOException.class).hasMessage(database
                        + " has store format 2, this version reads format 1 only:"
                        + " run the version that wrote it");
    }

    @Test
    void flippedByteInATableIsFoundByItsChecksum() throws IOException {
        try (RocksMvccStore store = RocksMvccStore.open(resources, path)) {
            StateMachineFixture group = new StateMachineFixture(store);
            group.apply(put("a", "a value that is long enough to be hit"));
            store.flush();
        }
        Path table = tables().getFirst();
        byte[] bytes = Files.readAllBytes(table);
        bytes[20] ^= 0x40;
        Files.write(table, bytes);

        assertThatThrownBy(() -> RocksMvccStore.open(resources, path))
                .isInstanceOf(IOException.class).hasMessageContaining("cannot read");
    }

    @Test
    void databaseLeftOverFromAnInterruptedRestoreIsDeleted() throws IOException {
        try (RocksMvccStore store = RocksMvccStore.open(resources, path)) {
            new StateMachineFixture(store).apply(put("a", "1"));
            store.flush();
        }
        Files.createDirectories(path.resolve("state-2"));
        Files.writeString(path.resolve("state-2").resolve("000001.sst"), "half");

        try (RocksMvccStore store = RocksMvccStore.open(resources, path)) {
            assertThat(store.getLatest(key("a"))).isPresent();
            assertThat(path.resolve("state-2")).doesNotExist();
        }
    }

    private static void assertPoisoned(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KvException.class,
                thrown -> assertThat(thrown.failure()).isInstanceOf(KvFailure.Poisoned.class));
    }

    private static List<byte[]> record(InMemoryMvccStore model, long seed, int count) {
        RandomTransactions random = new RandomTransactions(seed);
        StateMachineFixture group = new StateMachineFixture(model);
        List<byte[]> log = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] entry = group.entry(random.entry(model, group.nextStamp()));
            group.applyAt(i + 1, entry);
            log.add(entry);
        }
        return log;
    }

    private static void replay(RocksMvccStore store, List<byte[]> log, long after) {
        StateMachineFixture group = new StateMachineFixture(store);
        for (int i = 0; i < log.size(); i++) {
            group.applyAt(after + i + 1, log.get(i));
        }
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(path.resolve("state-1"))) {
            return files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static Transaction put(String key, String value) {
        return Transaction.of(new Mutation.Put(key(key), value(value)));
    }
}
