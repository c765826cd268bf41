package io.quorate.kv.command;

import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.util.Optional;

/** One change asked of the state machine. An entry of the log holds one or more. */
public sealed interface Command {
    /**
     * Applies a transaction if its conditions hold.
     *
     * @param transaction the write set and the read versions it was evaluated against
     * @param retryId if present, the answer is kept and given to a later command with the same id
     * @param answer kept with the retry id; empty otherwise
     */
    record Commit(Transaction transaction, Optional<RetryId> retryId, Value answer)
            implements
                Command {}

    /**
     * Moves the safe point of garbage collection forward; reads below it are refused from then on.
     *
     * @param timestamp the new safe point; an older one changes nothing
     */
    record AdvanceSafePoint(long timestamp) implements Command {}
}
