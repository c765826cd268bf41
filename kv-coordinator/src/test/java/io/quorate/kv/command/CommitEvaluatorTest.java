package io.quorate.kv.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Condition;
import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanFingerprint;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommitEvaluatorTest {
    private static final long MILLIS = 1_800_000_000_000L;
    private static final long STAMP = HybridTimestamp.of(MILLIS, 5);
    private static final Key A = key("a");
    private static final Key B = key("b");
    private static final Key C = key("c");
    private static final Value ONE = value("1");
    private static final Value TWO = value("2");
    private static final RetryId RETRY = RetryId.of(new byte[RetryId.LENGTH]);

    private final Rows rows = new Rows();

    @Test
    void putOfAnAbsentKeyHasNoPreviousRow() {
        Evaluation evaluation = evaluate(new Mutation.Put(A, ONE));

        assertThat(evaluation.outcome()).isEqualTo(new Outcome.Applied(STAMP));
        assertThat(evaluation.changes()).containsExactly(new RowChange(A, ONE, null));
    }

    @Test
    void putOverARowNamesIt() {
        Versioned before = rows.put(A, ONE, 7);

        assertThat(evaluate(new Mutation.Put(A, TWO)).changes())
                .containsExactly(new RowChange(A, TWO, before));
    }

    @Test
    void addingCountsFromNothingAndRemovesACounterThatComesToNothing() {
        Value two = Value.of(new byte[]{0, 0, 0, 0, 0, 0, 0, 2});
        Versioned before = rows.put(B, two, 7);

        assertThat(evaluate(new Mutation.Add(A, 1), new Mutation.Add(A, 1),
                new Mutation.Add(B, -2), new Mutation.Add(C, 0)).changes())
                .containsExactly(new RowChange(A, two, null), new RowChange(B, null, before));
    }

    @Test
    void aRowThatIsNoCounterCountsAsNothing() {
        Versioned before = rows.put(A, ONE, 7);

        assertThat(evaluate(new Mutation.Add(A, 2)).changes()).containsExactly(
                new RowChange(A, Value.of(new byte[]{0, 0, 0, 0, 0, 0, 0, 2}), before));
    }

    @Test
    void deleteOfAnAbsentKeyChangesNothing() {
        assertThat(evaluate(new Mutation.Delete(A)).changes()).isEmpty();
    }

    @Test
    void laterMutationOfAKeyWins() {
        Versioned before = rows.put(A, ONE, 7);

        assertThat(evaluate(new Mutation.Delete(A), new Mutation.Put(A, TWO)).changes())
                .containsExactly(new RowChange(A, TWO, before));
        assertThat(evaluate(new Mutation.Put(B, TWO), new Mutation.Delete(B)).changes()).isEmpty();
    }

    @Test
    void rangeDeletionRemovesStoredRowsAndEarlierPuts() {
        Versioned stored = rows.put(A, ONE, 7);
        rows.put(C, ONE, 8);

        List<RowChange> changes = evaluate(new Mutation.Put(B, TWO),
                new Mutation.DeleteRange(new KeyRange(A, C))).changes();

        assertThat(changes).containsExactly(new RowChange(A, null, stored));
    }

    @Test
    void putAfterARangeDeletionStays() {
        Versioned stored = rows.put(A, ONE, 7);

        assertThat(evaluate(new Mutation.DeleteRange(new KeyRange(A, C)),
                new Mutation.Put(A, TWO)).changes())
                .containsExactly(new RowChange(A, TWO, stored));
    }

    @Test
    void rangeDeletionOfAsManyRowsAsAllowedIsApplied() {
        fill(CommitEvaluator.MAX_RANGE_ROWS, 1);

        assertThat(evaluate(new Mutation.DeleteRange(everything())).changes())
                .hasSize(CommitEvaluator.MAX_RANGE_ROWS);
    }

    @Test
    void rangeDeletionOfMoreRowsIsRefusedWhole() {
        fill(CommitEvaluator.MAX_RANGE_ROWS + 1, 1);

        assertThat(evaluate(new Mutation.Put(A, ONE), new Mutation.DeleteRange(everything())))
                .isEqualTo(new Evaluation(new Outcome.RangeTooLarge(1), List.of()));
    }

    @Test
    void rangeDeletionOfMoreBytesIsRefusedWhole() {
        fill(9, Value.MAX_LENGTH);

        assertThat(evaluate(new Mutation.DeleteRange(everything())).outcome())
                .isEqualTo(new Outcome.RangeTooLarge(0));
    }

    @Test
    void firstConditionThatDoesNotHoldIsNamed() {
        rows.put(A, ONE, 7);

        assertThat(outcome(new Condition.Exists(A), new Condition.Exists(B),
                new Condition.Exists(C))).isEqualTo(new Outcome.ConditionFailed(1));
    }

    @Test
    void versionMustBeTheExactOne() {
        rows.put(A, ONE, 7);

        assertThat(holds(new Condition.VersionIs(A, 7))).isTrue();
        assertThat(holds(new Condition.VersionIs(A, 6))).isFalse();
        assertThat(holds(new Condition.VersionIs(A, 8))).isFalse();
        assertThat(holds(Condition.VersionIs.absent(A))).isFalse();
        assertThat(holds(Condition.VersionIs.absent(B))).isTrue();
    }

    @Test
    void valueMustBeEqual() {
        rows.put(A, ONE, 7);

        assertThat(holds(new Condition.ValueIs(A, ONE))).isTrue();
        assertThat(holds(new Condition.ValueIs(A, TWO))).isFalse();
        assertThat(holds(new Condition.ValueIs(B, Value.empty()))).isFalse();
    }

    @Test
    void scanMustFindTheSameRowsAtTheSameVersions() {
        rows.put(A, ONE, 7);
        Scan scan = Scan.ascending(everything(), 10);
        Condition unchanged = new Condition.ScanUnchanged(scan,
                ScanFingerprint.of(rows.scan(scan)));

        assertThat(holds(unchanged)).isTrue();
        rows.put(B, ONE, 8);
        assertThat(holds(unchanged)).isFalse();
    }

    @Test
    void commitMustLieBeforeTheGivenMillisecond() {
        assertThat(holds(new Condition.CommittedBefore(MILLIS + 1))).isTrue();
        assertThat(holds(new Condition.CommittedBefore(MILLIS))).isFalse();
    }

    @Test
    void repeatedCommandGetsTheFirstAnswerThoughItsConditionsFailNow() {
        rows.retries.put(RETRY, new RetryRecord(ONE, STAMP - 1));

        Evaluation evaluation = evaluateRetry(Condition.VersionIs.absent(B));

        assertThat(evaluation)
                .isEqualTo(new Evaluation(new Outcome.Repeated(ONE, STAMP - 1), List.of()));
    }

    @Test
    void retryRecordIsForgottenAtTheEndOfItsWindow() {
        long window = RetryRecord.WINDOW.toMillis();
        rows.retries.put(RETRY, new RetryRecord(ONE, HybridTimestamp.of(MILLIS - window + 1, 0)));
        assertThat(evaluateRetry().outcome()).isInstanceOf(Outcome.Repeated.class);

        rows.retries.put(RETRY, new RetryRecord(ONE, HybridTimestamp.of(MILLIS - window, 0)));
        assertThat(evaluateRetry().outcome()).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void commandThatComesTooLateIsRefusedAndOneThatIsInTimeIsApplied() {
        assertThat(evaluateSent(MILLIS + 1).outcome()).isInstanceOf(Outcome.Applied.class);
        assertThat(evaluateSent(MILLIS)).isEqualTo(
                new Evaluation(new Outcome.TooOld(), List.of()));
    }

    /** At every moment a copy of an applied command finds its record or is too old. */
    @Test
    void copyOfAnAppliedCommandIsNeverAppliedWhateverItsStamp() {
        for (boolean keptForCaller : new boolean[]{false, true}) {
            CommandId id = new CommandId(RETRY, MILLIS, keptForCaller);
            for (long applied = MILLIS - 3; applied < MILLIS; applied++) {
                rows.retries.put(RETRY, RetryRecord.of(id, Optional.of(ONE),
                        HybridTimestamp.of(applied, 0)));
                for (long late : new long[]{0, 1, 2, 3, 4, RetryRecord.WINDOW.toMillis() - 1,
                    RetryRecord.WINDOW.toMillis(), RetryRecord.WINDOW.toMillis() + 4}) {
                    assertThat(evaluate(id, HybridTimestamp.of(applied + late, 1)).outcome())
                            .as("applied %d, again %d later", applied - MILLIS, late)
                            .isNotInstanceOf(Outcome.Applied.class);
                }
            }
        }
    }

    @Test
    void recordOfASentCommandEndsWithItsLimitAndThatOfACallersWithTheWindow() {
        long stamp = HybridTimestamp.of(MILLIS, 0);
        long window = MILLIS + RetryRecord.WINDOW.toMillis();

        assertThat(new CommandId(RETRY, MILLIS + 9, false).keptUntil(stamp)).isEqualTo(MILLIS + 9);
        assertThat(new CommandId(RETRY, MILLIS + 9, true).keptUntil(stamp)).isEqualTo(window);
        assertThat(new CommandId(RETRY, window + 9, true).keptUntil(stamp)).isEqualTo(window + 9);
        assertThat(CommandId.ofCaller(RETRY).keptUntil(stamp)).isEqualTo(window);
    }

    @Test
    void answerThatWasTooLongToKeepIsNotDecidedAnew() {
        rows.retries.put(RETRY, new RetryRecord(Optional.empty(), STAMP - 1, MILLIS + 1));

        assertThat(evaluateRetry()).isEqualTo(
                new Evaluation(new Outcome.RepeatedWithoutAnswer(STAMP - 1), List.of()));
    }

    @Test
    void retryRecordBelongsToTheRouteOfTheSmallestKey() {
        Key small = Key.of(5, new byte[]{1});
        Key large = Key.of(6, new byte[]{2});

        assertThat(CommitEvaluator.retryRoute(Transaction.of(new Mutation.Delete(large),
                new Mutation.Delete(small)))).isEqualTo(5);
        assertThat(CommitEvaluator.retryRoute(Transaction.of(new Mutation.Delete(large))
                .require(List.of(new Condition.Exists(small))))).isEqualTo(6);
        assertThat(CommitEvaluator.retryRoute(Transaction.nothing()
                .require(List.of(new Condition.Exists(large), new Condition.Exists(small)))))
                .isEqualTo(5);
        assertThat(CommitEvaluator.retryRoute(Transaction.nothing())).isZero();
    }

    private boolean holds(Condition condition) {
        return outcome(condition) instanceof Outcome.Applied;
    }

    private Outcome outcome(Condition... conditions) {
        Transaction transaction = new Transaction(List.of(conditions), List.of());
        return CommitEvaluator.evaluate(rows, Command.Commit.of(transaction), STAMP).outcome();
    }

    private Evaluation evaluate(Mutation... mutations) {
        return CommitEvaluator.evaluate(rows, Command.Commit.of(Transaction.of(mutations)), STAMP);
    }

    private Evaluation evaluateRetry(Condition... conditions) {
        rows.put(B, ONE, 3);
        Transaction transaction = new Transaction(List.of(conditions),
                List.of(new Mutation.Put(B, TWO)));
        Command.Commit commit = new Command.Commit(transaction, Optional.of(RETRY), TWO);
        return CommitEvaluator.evaluate(rows, commit, STAMP);
    }

    private Evaluation evaluateSent(long validBefore) {
        return evaluate(new CommandId(RETRY, validBefore, false), STAMP);
    }

    private Evaluation evaluate(CommandId id, long stamp) {
        return CommitEvaluator.evaluate(rows, new Command.Commit(
                Transaction.of(new Mutation.Put(B, TWO)), Optional.of(id), Optional.of(TWO)),
                stamp);
    }

    private void fill(int count, int valueLength) {
        Value value = Value.of(new byte[valueLength]);
        for (int i = 0; i < count; i++) {
            rows.put(key("m%05d".formatted(i)), value, 1 + i);
        }
    }

    private static KeyRange everything() {
        return new KeyRange(key("a"), key("z"));
    }

    private static Key key(String text) {
        return Key.of(1, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Value value(String text) {
        return Value.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A snapshot of rows in a map. */
    private static final class Rows implements Snapshot {
        private final TreeMap<Key, Versioned> stored = new TreeMap<>();
        private final Map<RetryId, RetryRecord> retries = new java.util.HashMap<>();

        Versioned put(Key key, Value value, long version) {
            Versioned row = new Versioned(key, value, version);
            stored.put(key, row);
            return row;
        }

        @Override
        public Optional<Versioned> get(Key key) {
            return Optional.ofNullable(stored.get(key));
        }

        @Override
        public ScanPage scan(Scan scan) {
            List<Versioned> found = new java.util.ArrayList<>();
            long bytes = 0;
            for (Versioned row : stored.subMap(scan.range().start(), scan.range().end()).values()) {
                bytes += row.key().length() + row.value().length();
                if (found.size() == scan.limit() || bytes > scan.maxBytes()) {
                    return new ScanPage(found, true);
                }
                found.add(row);
            }
            return new ScanPage(found, false);
        }

        @Override
        public Optional<RetryRecord> retryRecord(int route, RetryId id) {
            return Optional.ofNullable(retries.get(id));
        }
    }
}
