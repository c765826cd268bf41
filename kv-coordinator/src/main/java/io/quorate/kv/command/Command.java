package io.quorate.kv.command;

import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.util.Optional;

/** One change asked of the state machine. An entry of the log holds none, one or more. */
public sealed interface Command {
    /**
     * Applies a transaction if its conditions hold.
     *
     * @param transaction the write set and the read versions it was evaluated against
     * @param retryId if present, the answer is kept for {@link RetryRecord#WINDOW} of log time and
     *        given to a later command with the same id
     * @param answer kept with the retry id, at most {@link RetryRecord#MAX_ANSWER} bytes: a proposer
     *        with a longer one sends the command without retry id; empty without retry id
     */
    record Commit(Transaction transaction, Optional<RetryId> retryId, Value answer)
            implements
                Command {
        public Commit {
            int most = retryId.isPresent() ? RetryRecord.MAX_ANSWER : 0;
            if (answer.length() > most) {
                throw new IllegalArgumentException(
                        "an answer of " + answer.length() + " bytes, kept are " + most);
            }
        }

        /** A commit without retry id. */
        public static Commit of(Transaction transaction) {
            return new Commit(transaction, Optional.empty(), Value.empty());
        }
    }

    /**
     * Moves the safe point of garbage collection forward; reads below it are refused from then on.
     *
     * @param timestamp the new safe point; an older one changes nothing, and one past the command's
     *        own stamp is taken as that stamp
     */
    record AdvanceSafePoint(long timestamp) implements Command {}
}
