package io.quorate.kv.leader;

import io.quorate.kv.KvException;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderHandler.Decision;
import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.txn.OptimisticReads;
import io.quorate.kv.txn.OptimisticReads.CacheMissException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

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
     * @param ending hears what became of it
     */
    record Change(Transaction transaction, Value answer, LeaderHandler.Ending ending)
            implements
                Attempt {}

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
    record Broken(Throwable bug) implements Attempt {}

    /** A read would have gone to the disk: nothing was decided. */
    record Missed() implements Attempt {}

    /** Runs the request's handler on these reads. */
    static Attempt run(LeaderCall.Request request, OptimisticReads reads) {
        try {
            Attempt attempt = decide(request, reads);
            if (!reads.missed()) {
                return attempt;
            }
            if (attempt instanceof Change change) {
                change.ending().discarded();
            }
            return new Missed();
        } catch (CacheMissException miss) {
            return new Missed();
        } catch (KvException refusal) {
            return reads.missed() ? new Missed() : new Refusal(refusal);
        } catch (RuntimeException | Error bug) {
            return reads.missed() ? new Missed() : new Broken(bug);
        }
    }

    private static Attempt decide(LeaderCall.Request request, OptimisticReads reads) {
        Optional<Value> earlier = earlierAnswer(request, reads);
        if (earlier.isPresent()) {
            return new Answer(earlier.get());
        }
        Decision decision = request.handler().handle(reads, request.value());
        Transaction transaction = decision.transaction();
        return transaction.isReadOnly()
                ? new Answer(decision.answer())
                : new Change(transaction.require(reads.conditions()), decision.answer(),
                        decision.ending());
    }

    /**
     * A request that comes again is not decided anew: its own change would be in the way. The record is
     * kept with the smallest row changed, so on the route of the call's key or of one of its latches.
     */
    private static Optional<Value> earlierAnswer(LeaderCall.Request request,
            OptimisticReads reads) {
        if (request.retryId().isEmpty()) {
            return Optional.empty();
        }
        RetryId id = request.retryId().get();
        Set<Integer> routes = new HashSet<>();
        routes.add(request.key().route());
        request.latches().forEach(key -> routes.add(key.route()));
        return routes.stream().map(route -> reads.earlierAnswer(route, id))
                .flatMap(Optional::stream).findFirst();
    }
}
