package io.quorate.kv.txn;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.CommandId;
import io.quorate.kv.command.CommandTooLargeException;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.raft.Proposer;
import io.quorate.kv.raft.Wait;
import java.util.Optional;

/**
 * Proposes a transaction of one group, whose latches are held, as one command.
 *
 * <p>The latches are released with the outcome, except after a failed condition, when the caller may
 * want to decide anew under them. An unknown outcome reaches the caller at once, and releases the
 * latches once the group has decided: those who wait for the keys then see what became of it.
 */
public final class OneShardCommit implements Proposer.Callback<Outcome> {
    private final LatchHold hold;
    private final LeaderHandler.Ending ending;
    private final Listener listener;

    private OneShardCommit(LatchHold hold, LeaderHandler.Ending ending, Listener listener) {
        this.hold = hold;
        this.ending = ending;
        this.listener = listener;
    }

    /** Hears what became of it, once, on the caller's or the Raft thread; must not block. */
    public interface Listener {
        /** Committed. The latches are free. */
        void committed(long commitTs);

        /** An earlier request with the same retry id was; this is its answer. The latches are free. */
        void repeated(Value answer, long commitTs);

        /** A condition did not hold. The latches are <em>still held</em>, for the listener to release. */
        void conditionFailed(int index, LatchHold hold);

        /** Anything else; the latches are free, or will be. */
        void failed(KvFailure failure);
    }

    /**
     * What to commit.
     *
     * @param transaction the conditions and changes
     * @param id if present, kept with the answer
     * @param answer what a repeated request is told
     * @param ending hears what became of it, before the latches are free
     */
    public record Intent(Transaction transaction, Optional<CommandId> id, Value answer,
            LeaderHandler.Ending ending) {
        private Command toCommand() {
            boolean keeps = id.isPresent() && answer.length() <= RetryRecord.MAX_ANSWER;
            return new Command.Commit(transaction, id,
                    keeps ? Optional.of(answer) : Optional.empty());
        }
    }

    /** Proposes; the wait that is returned ends by itself at the deadline. */
    public static Wait propose(GroupReplica replica, Intent intent, LatchHold hold,
            Deadline deadline, Listener listener) {
        OneShardCommit commit = new OneShardCommit(hold, intent.ending(), listener);
        Optional<KvFailure> refusal = replica.gate().refusal();
        if (refusal.isPresent()) {
            commit.failed(refusal.get());
            return Wait.ENDED;
        }
        byte[] command;
        try {
            command = EntryCodec.encode(intent.toCommand());
        } catch (CommandTooLargeException tooLarge) {
            commit.failed(new KvFailure.Refused("the transaction is larger than "
                    + EntryCodec.MAX_COMMAND_BYTES + " bytes"));
            return Wait.ENDED;
        }
        Wait wait = replica.proposer().submit(command, deadline, commit);
        return () -> commit.cancel(wait);
    }

    @Override
    public void applied(Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied(long commitTs) -> {
                ending.committed(commitTs);
                hold.release();
                listener.committed(commitTs);
            }
            case Outcome.Repeated(Value answer, long commitTs) -> {
                ending.discarded();
                hold.release();
                listener.repeated(answer, commitTs);
            }
            case Outcome.RepeatedWithoutAnswer repeated -> {
                ending.discarded();
                hold.release();
                listener.failed(new KvFailure.OutcomeUnknown());
            }
            case Outcome.TooOld tooOld -> {
                ending.discarded();
                hold.release();
                listener.failed(new KvFailure.DeadlineExceeded());
            }
            case Outcome.ConditionFailed(int index) -> {
                ending.discarded();
                listener.conditionFailed(index, hold);
            }
            case Outcome.RangeTooLarge tooLarge -> {
                ending.discarded();
                hold.release();
                listener.failed(new KvFailure.Refused("a range to delete holds too many rows"));
            }
        }
    }

    @Override
    public void failed(KvFailure failure) {
        if (!(failure instanceof KvFailure.OutcomeUnknown)) {
            ending.discarded();
            hold.release();
        }
        listener.failed(failure);
    }

    @Override
    public void settled() {
        ending.unknown();
        hold.release();
    }

    private Wait.Left cancel(Wait wait) {
        Wait.Left left = wait.cancel();
        if (left == Wait.Left.REMOVED) {
            ending.discarded();
            hold.release();
        }
        return left;
    }
}
