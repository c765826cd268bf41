package io.quorate.kv.storage;

import static io.quorate.kv.mvcc.StateMachineFixture.key;
import static io.quorate.kv.mvcc.StateMachineFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.CommandId;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.mvcc.GcCursor;
import io.quorate.kv.mvcc.MvccEngine;
import io.quorate.kv.mvcc.StateMachineFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryCollectionTest {
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
    void nothingIsCollectedAboveTheSafePoint() {
        put("a", "1");
        put("a", "2");
        delete("a");

        assertThat(collectAll(100)).isZero();
    }

    @Test
    void versionReadAtTheSafePointIsKept() {
        put("a", "1");
        put("a", "2");
        long safePoint = put("a", "3");
        put("a", "4");
        advance(safePoint);

        assertThat(collectAll(100)).isEqualTo(2);
        assertThat(store.getAt(key("a"), safePoint).orElseThrow().value()).isEqualTo(value("3"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 100})
    void removalOutlivesTheVersionsItHidesWhateverTheBatch(int rowsPerBatch) {
        for (int i = 0; i < 10; i++) {
            put("a", "1");
            put("a", "2");
            delete("a");
        }
        long safePoint = store.applied().lastStamp();
        advance(safePoint);

        GcCursor cursor = GcCursor.START;
        int deleted = 0;
        boolean complete = false;
        while (!complete) {
            MvccEngine.Collected batch = store.collect(cursor, rowsPerBatch);
            deleted += batch.deleted();
            cursor = batch.next();
            complete = batch.complete();
            assertThat(store.getAt(key("a"), safePoint)).isEmpty();
        }
        assertThat(deleted).isEqualTo(30);
    }

    @Test
    void collectionEndsThoughALongHistoryIsKept() {
        for (int i = 0; i < 50; i++) {
            put("a", "1");
            delete("a");
        }

        assertThat(collectAll(2)).isZero();
    }

    @Test
    void expiredRetryRecordIsCollected() {
        commit("a", "first");
        group.advanceMillis(RetryRecord.WINDOW.toMillis());
        put("b", "1");

        assertThat(collectAll(100)).isEqualTo(1);
        assertThat(store.retryRecord(key("a").route(), retryId())).isEmpty();
    }

    @Test
    void recordOfASentCommandIsCollectedAtItsLimitAndThoseOfCallersLater() {
        commit("a", "of a caller");
        RetryId sent = RetryId.digestOf("sent");
        long limit = StateMachineFixture.EPOCH_MILLIS + 15_000;
        group.apply(new Command.Commit(Transaction.of(new Mutation.Put(key("b"), value("1"))),
                Optional.of(new CommandId(sent, limit, false)), Optional.of(value("answer"))));
        group.advanceMillis(14_000);
        put("c", "1");
        assertThat(collectAll(100)).isZero();
        assertThat(store.retryRecord(key("b").route(), sent).orElseThrow().answer())
                .contains(value("answer"));

        group.advanceMillis(1_000);
        put("d", "1");

        assertThat(collectAll(100)).isEqualTo(1);
        assertThat(store.retryRecord(key("b").route(), sent)).isEmpty();
        assertThat(store.retryRecord(key("a").route(), retryId())).isPresent();
    }

    @Test
    void recordWithoutAnswerIsReadBackAsSuch() throws Exception {
        group.apply(new Command.Commit(Transaction.of(new Mutation.Put(key("a"), value("1"))),
                Optional.of(CommandId.ofCaller(retryId())), Optional.empty()));

        assertThat(store.retryRecord(key("a").route(), retryId()).orElseThrow().answer()).isEmpty();
        assertThat(store.retryRecordCached(key("a").route(), retryId())).isPresent();
        assertThat(store.retryRecordCached(key("a").route(), RetryId.digestOf("none"))).isEmpty();
    }

    @Test
    void retryRecordThatReplacedAnExpiredOneIsKept() {
        commit("a", "first");
        group.advanceMillis(RetryRecord.WINDOW.toMillis());
        commit("a", "second");
        advance(1);

        collectAll(100);

        assertThat(store.retryRecord(key("a").route(), retryId()).orElseThrow().answer())
                .contains(value("second"));
    }

    @Test
    void manyExpiredRetryRecordsAreCollectedInBatches() {
        for (int i = 0; i < 10; i++) {
            byte[] id = new byte[RetryId.LENGTH];
            id[0] = (byte) i;
            group.apply(new Command.Commit(Transaction.nothing(), Optional.of(RetryId.of(id)),
                    value("answer")));
        }
        group.advanceMillis(RetryRecord.WINDOW.toMillis());
        put("b", "1");

        assertThat(collectAll(3)).isEqualTo(10);
    }

    private int collectAll(int rowsPerBatch) {
        GcCursor cursor = GcCursor.START;
        int deleted = 0;
        for (int batches = 0; batches < 1_000; batches++) {
            MvccEngine.Collected batch = store.collect(cursor, rowsPerBatch);
            deleted += batch.deleted();
            cursor = batch.next();
            if (batch.complete()) {
                return deleted;
            }
        }
        throw new AssertionError("collection does not end");
    }

    private long put(String key, String value) {
        return applied(Transaction.of(new Mutation.Put(key(key), value(value))));
    }

    private void delete(String key) {
        applied(Transaction.of(new Mutation.Delete(key(key))));
    }

    private long applied(Transaction transaction) {
        return ((Outcome.Applied) group.apply(transaction)).commitTs();
    }

    private void commit(String key, String answer) {
        group.apply(new Command.Commit(Transaction.of(new Mutation.Put(key(key), value("1"))),
                Optional.of(retryId()), value(answer)));
    }

    private void advance(long safePoint) {
        group.apply(new Command.AdvanceSafePoint(safePoint));
    }

    private static RetryId retryId() {
        return RetryId.of(new byte[RetryId.LENGTH]);
    }
}
