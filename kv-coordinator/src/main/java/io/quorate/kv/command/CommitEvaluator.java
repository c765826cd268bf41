package io.quorate.kv.command;

import io.quorate.kv.Condition;
import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.Key;
import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.ScanFingerprint;
import io.quorate.kv.Transaction;
import io.quorate.kv.Versioned;
import java.util.List;
import java.util.Optional;

/**
 * The meaning of {@link Command.Commit}: a pure function of a snapshot, the command and its stamp.
 *
 * <p>First the id: a record within its window answers the command, and one that comes too late is
 * refused. Then the conditions, in order; the first that does not hold ends it. Then the mutations, later ones over earlier ones.
 */
public final class CommitEvaluator {
    /** Most rows that the range deletions of one command remove. */
    public static final int MAX_RANGE_ROWS = 10_000;
    /** Most bytes of keys and values that the range deletions of one command remove. */
    public static final int MAX_RANGE_BYTES = 16 * 1024 * 1024;

    private CommitEvaluator() {}

    /** Evaluates a commit at its place in the log. */
    public static Evaluation evaluate(Snapshot snapshot, Command.Commit commit, long stamp) {
        Optional<Outcome> decided = commit.id()
                .flatMap(id -> decidedById(snapshot, commit, id, stamp));
        if (decided.isPresent()) {
            return Evaluation.unchanged(decided.get());
        }
        List<Condition> conditions = commit.transaction().conditions();
        for (int i = 0; i < conditions.size(); i++) {
            if (!holds(snapshot, conditions.get(i), stamp)) {
                return Evaluation.unchanged(new Outcome.ConditionFailed(i));
            }
        }
        return change(snapshot, commit.transaction().mutations(), stamp);
    }

    /**
     * The route that a transaction's {@link RetryId} is kept under: that of its smallest key, of
     * mutations first, of conditions where there are none, and 0 for a transaction without keys.
     */
    public static int retryRoute(Transaction transaction) {
        return RetryRoute.of(transaction);
    }

    private static Optional<Outcome> decidedById(Snapshot snapshot, Command.Commit commit,
            CommandId id, long stamp) {
        Optional<RetryRecord> kept = snapshot
                .retryRecord(retryRoute(commit.transaction()), id.id())
                .filter(record -> !record.isExpiredAt(stamp));
        if (kept.isPresent()) {
            long first = kept.get().commitTs();
            return Optional.of(kept.get().answer()
                    .<Outcome>map(answer -> new Outcome.Repeated(answer, first))
                    .orElseGet(() -> new Outcome.RepeatedWithoutAnswer(first)));
        }
        return id.isTooOldAt(stamp) ? Optional.of(new Outcome.TooOld()) : Optional.empty();
    }

    private static boolean holds(Snapshot snapshot, Condition condition, long stamp) {
        return switch (condition) {
            case Condition.VersionIs(Key key, long version) -> version(snapshot, key) == version;
            case Condition.Exists exists -> snapshot.get(exists.key()).isPresent();
            case Condition.ValueIs is -> snapshot.get(is.key())
                    .filter(row -> row.value().equals(is.value())).isPresent();
            case Condition.ScanUnchanged unchanged -> ScanFingerprint
                    .of(snapshot.scan(unchanged.scan())).equals(unchanged.fingerprint());
            case Condition.CommittedBefore before ->
                HybridTimestamp.millis(stamp) < before.millis();
        };
    }

    private static long version(Snapshot snapshot, Key key) {
        return snapshot.get(key).map(Versioned::version).orElse(Versioned.ABSENT);
    }

    private static Evaluation change(Snapshot snapshot, List<Mutation> mutations, long stamp) {
        WriteSet writes = new WriteSet(snapshot);
        for (int i = 0; i < mutations.size(); i++) {
            boolean fits = switch (mutations.get(i)) {
                case Mutation.Put put -> writes.put(put.key(), put.value());
                case Mutation.Delete delete -> writes.delete(delete.key());
                case Mutation.Add add -> writes.add(add.key(), add.delta());
                case Mutation.DeleteRange(var range) -> writes.deleteRange(range);
            };
            if (!fits) {
                return Evaluation.unchanged(new Outcome.RangeTooLarge(i));
            }
        }
        return new Evaluation(new Outcome.Applied(stamp), writes.changes());
    }
}
