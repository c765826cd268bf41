package io.quorate.kv.leader;

import io.quorate.kv.KvException;
import io.quorate.kv.LeaderHandler.Decision;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.txn.OptimisticReads;
import io.quorate.kv.txn.OptimisticReads.CacheMissException;
import java.util.Optional;

/** What one run of a handler came to. */
sealed interface Attempt {
    /**
     * It changes nothing.
     *
     * @param answer what the caller gets if what was read was the group's state
     */
    record Answer(Value answer) implements Attempt {}

    /**
     * It changes something.
     *
     * @param transaction what, and everything that was read
     * @param answer what the caller gets once it is committed
     */
    record Change(Transaction transaction, Value answer) implements Attempt {}

    /**
     * The handler refused.
     *
     * @param refusal what the caller gets if what was read was the group's state
     */
    record Refusal(KvException refusal) implements Attempt {}

    /**
     * The handler failed in a way no handler should.
     *
     * @param bug what it threw
     */
    record Broken(RuntimeException bug) implements Attempt {}

    /** A read would have gone to the disk: nothing was decided. */
    record Missed() implements Attempt {}

    /** Runs the request's handler on these reads. */
    static Attempt run(LeaderCall.Request request, OptimisticReads reads) {
        try {
            Attempt attempt = decide(request, reads);
            return reads.missed() ? new Missed() : attempt;
        } catch (CacheMissException miss) {
            return new Missed();
        } catch (KvException refusal) {
            return reads.missed() ? new Missed() : new Refusal(refusal);
        } catch (RuntimeException bug) {
            return reads.missed() ? new Missed() : new Broken(bug);
        }
    }

    private static Attempt decide(LeaderCall.Request request, OptimisticReads reads) {
        Optional<Value> earlier = request.retryId()
                .flatMap(id -> reads.earlierAnswer(request.key().route(), id));
        if (earlier.isPresent()) {
            return new Answer(earlier.get());
        }
        Decision decision = request.handler().handle(reads, request.value());
        Transaction transaction = decision.transaction();
        return transaction.isReadOnly()
                ? new Answer(decision.answer())
                : new Change(transaction.require(reads.conditions()), decision.answer());
    }
}
