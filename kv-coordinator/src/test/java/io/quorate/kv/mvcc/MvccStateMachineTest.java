package io.quorate.kv.mvcc;

import static io.quorate.kv.mvcc.StateMachineFixture.key;
import static io.quorate.kv.mvcc.StateMachineFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.Condition;
import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanFingerprint;
import io.quorate.kv.Transaction;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.command.UnknownCommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MvccStateMachineTest {
    private static final KeyRange LETTERS = new KeyRange(key("a"), key("z"));

    private final InMemoryMvccStore store = new InMemoryMvccStore();
    private final List<String> commits = new ArrayList<>();
    private final StateMachineFixture group = new StateMachineFixture(store,
            (index, routes) -> commits.add(index + " " + java.util.Arrays.toString(routes)));

    @Test
    void everyCommandOfAnEntryHasItsOwnStamp() {
        long base = group.nextStamp();

        List<Outcome> outcomes = group.apply(put("a", "1"), put("a", "2"));

        assertThat(outcomes).containsExactly(new Outcome.Applied(base),
                new Outcome.Applied(base + 1));
        assertThat(store.getAt(key("a"), base)).contains(row("a", "1", base));
        assertThat(store.getLatest(key("a"))).contains(row("a", "2", base + 1));
        assertThat(store.applied().lastStamp()).isEqualTo(base + 1);
    }

    @Test
    void replayedEntryIsNotAppliedTwice() {
        byte[] entry = group.entry(put("a", "1"));
        group.applyAt(1, entry);
        group.apply(put("a", "2"));

        assertThat(group.applyAt(1, entry)).isEmpty();
        assertThat(store.getLatest(key("a")).orElseThrow().value()).isEqualTo(value("2"));
        assertThat(store.applied().index()).isEqualTo(2);
    }

    @Test
    void entryWithoutCommandsCountsAsApplied() {
        group.machine.applyEmpty(1, 9);

        assertThat(store.applied()).isEqualTo(new AppliedState(1, 9, 0, 0));
    }

    @Test
    void entryThatOnlyCarriesAStampMovesGroupTime() {
        group.advanceMillis(5_000);
        group.apply();

        assertThat(group.time.nowMillis()).isEqualTo(StateMachineFixture.EPOCH_MILLIS + 5_000);
    }

    @Test
    void stampThatDoesNotFollowIsLiftedOverTheLast() {
        group.apply(put("a", "1"));
        long last = store.applied().lastStamp();

        List<Outcome> outcomes = group.applyAt(2,
                StateMachineFixture.entry(last - 50, put("a", "2")));

        assertThat(outcomes).containsExactly(new Outcome.Applied(last + 1));
    }

    @Test
    void scanOfALaterCommandSeesWhatEarlierOnesChanged() {
        group.apply(put("b", "old"), put("d", "old"), put("f", "old"));
        Scan scan = Scan.ascending(LETTERS, 2);
        Scan descending = new Scan(LETTERS, 2, Scan.MAX_BYTES, true);
        long base = group.nextStamp();
        InMemoryMvccStore expected = new InMemoryMvccStore();
        StateMachineFixture twin = new StateMachineFixture(expected);
        twin.apply(put("b", "old"), put("d", "old"), put("f", "old"));
        twin.apply(put("a", "new"), delete("b"), put("g", "new"));

        List<Outcome> outcomes = group.apply(put("a", "new"), delete("b"), put("g", "new"),
                onlyIf(unchanged(expected, scan)), onlyIf(unchanged(expected, descending)),
                onlyIf(unchanged(expected, new Scan(LETTERS, 9, 5, false))));

        assertThat(outcomes.subList(3, 6)).containsExactly(new Outcome.Applied(base + 3),
                new Outcome.Applied(base + 4), new Outcome.Applied(base + 5));
    }

    @Test
    void rangeDeletionSeesPutsOfItsOwnEntry() {
        group.apply(put("b", "1"));

        group.apply(put("a", "1"), Command.Commit
                .of(Transaction.of(new Mutation.DeleteRange(LETTERS))), put("c", "1"));

        assertThat(store.scanLatest(Scan.ascending(LETTERS, 9)).rows()).extracting(Versioned::key)
                .containsExactly(key("c"));
    }

    @Test
    void repeatedRetryIdIsAnsweredAndChangesNothing() {
        long base = group.nextStamp();
        group.apply(retry("a", "1", "first"));

        List<Outcome> outcomes = group.apply(retry("a", "2", "second"));

        assertThat(outcomes).containsExactly(new Outcome.Repeated(value("first"), base));
        assertThat(store.getLatest(key("a")).orElseThrow().value()).isEqualTo(value("1"));
    }

    @Test
    void repeatedRetryIdIsAnsweredWithinOneEntry() {
        long base = group.nextStamp();

        assertThat(group.apply(retry("a", "1", "first"), retry("a", "2", "second")))
                .containsExactly(new Outcome.Applied(base),
                        new Outcome.Repeated(value("first"), base));
    }

    @Test
    void refusedCommandKeepsNoAnswer() {
        Command refused = new Command.Commit(
                Transaction.of(new Mutation.Put(key("a"), value("1")))
                        .require(List.of(new Condition.Exists(key("a")))),
                Optional.of(retryId()), value("first"));
        group.apply(refused);

        assertThat(group.apply(retry("a", "2", "second")))
                .allMatch(Outcome.Applied.class::isInstance);
    }

    @Test
    void retryIdIsTakenAgainAfterItsWindow() {
        group.apply(retry("a", "1", "first"));
        group.advanceMillis(RetryRecord.WINDOW.toMillis());

        assertThat(group.apply(retry("a", "2", "second")))
                .allMatch(Outcome.Applied.class::isInstance);
        assertThat(group.apply(retry("a", "3", "third")))
                .allMatch(
                        o -> o instanceof Outcome.Repeated r && r.answer().equals(value("second")));
    }

    @Test
    void safePointRefusesOlderReads() {
        group.apply(put("a", "1"));
        long safePoint = store.applied().lastStamp();
        group.apply(new Command.AdvanceSafePoint(safePoint));

        assertThat(store.getAt(key("a"), safePoint)).isPresent();
        assertThatThrownBy(() -> store.getAt(key("a"), safePoint - 1))
                .isInstanceOfSatisfying(KvException.class, refused -> assertThat(refused.failure())
                        .isEqualTo(new KvFailure.ReadTooOld()));
    }

    @Test
    void safePointNeitherGoesBackNorPassesItsOwnStamp() {
        long stamp = group.nextStamp();
        group.apply(new Command.AdvanceSafePoint(Long.MAX_VALUE));
        assertThat(store.applied().safePoint()).isEqualTo(stamp);

        group.apply(new Command.AdvanceSafePoint(stamp - 5));
        assertThat(store.applied().safePoint()).isEqualTo(stamp);
    }

    @Test
    void listenerHearsEveryRouteOnceAndOnlyOfChanges() {
        group.apply(put("a", "1"));
        group.apply(Command.Commit.of(Transaction.of(
                new Mutation.Put(Key.of(9, bytes()), value("")),
                new Mutation.Put(key("b"), value("")), new Mutation.Put(key("c"), value("")))));
        group.apply(onlyIf(new Condition.Exists(key("x"))));

        assertThat(commits).containsExactly("1 [7]", "2 [7, 9]");
    }

    @Test
    void appliedStampsMoveGroupTime() {
        group.advanceMillis(1_234);
        group.apply(put("a", "1"));

        assertThat(group.time.nowMillis())
                .isEqualTo(HybridTimestamp.millis(store.applied().lastStamp()));
    }

    @Test
    void unknownCommandChangesNothingAndThrows() {
        byte[] entry = group.entry(put("a", "1"));
        entry[0] = 77;

        assertThatThrownBy(() -> group.applyAt(1, entry))
                .isInstanceOf(UnknownCommandException.class);
        assertThat(store.applied()).isEqualTo(AppliedState.NOTHING);
    }

    private static byte[] bytes() {
        return new byte[]{1};
    }

    private static Versioned row(String key, String value, long version) {
        return new Versioned(key(key), value(value), version);
    }

    private static Command put(String key, String value) {
        return Command.Commit.of(Transaction.of(new Mutation.Put(key(key), value(value))));
    }

    private static Command delete(String key) {
        return Command.Commit.of(Transaction.of(new Mutation.Delete(key(key))));
    }

    private static Command onlyIf(Condition condition) {
        return Command.Commit.of(Transaction.nothing().require(List.of(condition)));
    }

    private static Condition unchanged(MvccStore store, Scan scan) {
        return new Condition.ScanUnchanged(scan, ScanFingerprint.of(store.scanLatest(scan)));
    }

    private static Command retry(String key, String value, String answer) {
        return new Command.Commit(Transaction.of(new Mutation.Put(key(key), value(value))),
                Optional.of(retryId()), value(answer));
    }

    private static RetryId retryId() {
        return RetryId.of(new byte[RetryId.LENGTH]);
    }

}
