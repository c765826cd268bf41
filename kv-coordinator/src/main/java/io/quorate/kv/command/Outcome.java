package io.quorate.kv.command;

import io.quorate.kv.Value;

/** What became of one command, the same on every replica. */
public sealed interface Outcome {
    /**
     * It was applied.
     *
     * @param commitTs its stamp, the version of every row it wrote
     */
    record Applied(long commitTs) implements Outcome {}

    /**
     * A condition did not hold; nothing was changed.
     *
     * @param index which one
     */
    record ConditionFailed(int index) implements Outcome {}

    /**
     * An earlier command with the same retry id was applied; nothing was changed.
     *
     * @param answer what that one answered
     * @param commitTs that one's stamp
     */
    record Repeated(Value answer, long commitTs) implements Outcome {}

    /**
     * An earlier command with the same id was applied, and its answer was too long to keep; nothing
     * was changed.
     *
     * @param commitTs that one's stamp
     */
    record RepeatedWithoutAnswer(long commitTs) implements Outcome {}

    /** It came after the time for which its id is valid; nothing was changed. */
    record TooOld() implements Outcome {}

    /**
     * Its range deletions meet more rows or bytes than one command may remove
     * ({@link CommitEvaluator#MAX_RANGE_ROWS}, {@link CommitEvaluator#MAX_RANGE_BYTES}); nothing was
     * changed. The caller splits the range.
     *
     * @param index the mutation at which the bound was passed
     */
    record RangeTooLarge(int index) implements Outcome {}
}
