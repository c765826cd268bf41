package io.quorate.kv.command;

import java.util.List;

/**
 * What evaluating a command yields: what becomes of it, and what to change.
 *
 * @param outcome what became of it
 * @param changes every row it changes, each key once; empty unless it was applied
 */
public record Evaluation(Outcome outcome, List<RowChange> changes) {
    public Evaluation {
        changes = List.copyOf(changes);
    }

    static Evaluation unchanged(Outcome outcome) {
        return new Evaluation(outcome, List.of());
    }
}
