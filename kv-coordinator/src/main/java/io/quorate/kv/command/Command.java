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
     * @param id if present, the command is applied once however often it comes, and the answer is
     *        given to a later one with the same id
     * @param answer what is kept under the id; empty without id, and where the answer is longer than
     *        {@link RetryRecord#MAX_ANSWER} bytes: then it is known later that the command was
     *        applied, not what it answered
     */
    record Commit(Transaction transaction, Optional<CommandId> id, Optional<Value> answer)
            implements
                Command {
        public Commit {
            int most = id.isPresent() ? RetryRecord.MAX_ANSWER : -1;
            if (answer.isPresent() && answer.get().length() > most) {
                throw new IllegalArgumentException(
                        "an answer of " + answer.get().length() + " bytes, kept are " + most);
            }
        }

        /** A commit that a caller may repeat, if it has an id. */
        public Commit(Transaction transaction, Optional<RetryId> retryId, Value answer) {
            this(transaction, retryId.map(CommandId::ofCaller),
                    retryId.map(present -> answer));
        }

        /** A commit that never comes twice. */
        public static Commit of(Transaction transaction) {
            return new Commit(transaction, Optional.empty(), Optional.empty());
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
