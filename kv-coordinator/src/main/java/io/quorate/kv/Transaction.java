package io.quorate.kv;

import java.util.ArrayList;
import java.util.List;

/**
 * An atomic change: all conditions hold at one place in the log, and then all mutations happen
 * there, or nothing does.
 *
 * @param conditions what must hold
 * @param mutations what changes, in order
 */
public record Transaction(List<Condition> conditions, List<Mutation> mutations) {
    /** Most conditions and most mutations of one transaction. */
    public static final int MAX_PARTS = 10_000;

    private static final Transaction NOTHING = new Transaction(List.of(), List.of());

    public Transaction {
        conditions = List.copyOf(conditions);
        mutations = List.copyOf(mutations);
        if (conditions.size() > MAX_PARTS || mutations.size() > MAX_PARTS) {
            throw new IllegalArgumentException(
                    "too many parts: " + conditions.size() + " conditions, "
                            + mutations.size() + " mutations");
        }
    }

    /** The transaction that changes nothing. */
    public static Transaction nothing() {
        return NOTHING;
    }

    /** A transaction of these mutations without conditions. */
    public static Transaction of(Mutation... mutations) {
        return new Transaction(List.of(), List.of(mutations));
    }

    /** Whether it changes nothing. */
    public boolean isReadOnly() {
        return mutations.isEmpty();
    }

    /** This transaction with more conditions. */
    public Transaction require(List<? extends Condition> more) {
        List<Condition> all = new ArrayList<>(conditions);
        all.addAll(more);
        return new Transaction(all, mutations);
    }
}
