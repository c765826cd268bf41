package io.quorate.kv.command;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import org.jspecify.annotations.Nullable;

/** Finds the key whose range a transaction's retry record belongs to, so that it moves with it. */
final class RetryRoute {
    private RetryRoute() {}

    static int of(Transaction transaction) {
        Key smallest = null;
        for (Mutation mutation : transaction.mutations()) {
            smallest = smaller(smallest, keyOf(mutation));
        }
        if (smallest == null) {
            for (Condition condition : transaction.conditions()) {
                smallest = smaller(smallest, keyOf(condition));
            }
        }
        return smallest == null ? 0 : smallest.route();
    }

    private static @Nullable Key smaller(@Nullable Key left, @Nullable Key right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.compareTo(right) <= 0 ? left : right;
    }

    private static Key keyOf(Mutation mutation) {
        return switch (mutation) {
            case Mutation.Put put -> put.key();
            case Mutation.Delete delete -> delete.key();
            case Mutation.Add add -> add.key();
            case Mutation.DeleteRange delete -> delete.range().start();
        };
    }

    private static @Nullable Key keyOf(Condition condition) {
        return switch (condition) {
            case Condition.VersionIs is -> is.key();
            case Condition.Exists exists -> exists.key();
            case Condition.ValueIs is -> is.key();
            case Condition.ScanUnchanged unchanged -> unchanged.scan().range().start();
            case Condition.CommittedBefore before -> null;
        };
    }
}
