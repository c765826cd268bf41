package io.quorate.kv.leader;

import io.quorate.kv.KvException;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderHandler.Decision;
import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.command.RetryRecord;
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
     * @param answer what the caller gets if this member still leads
     */
    record Answer(Value answer) implements Attempt {}

    /**
     * An earlier request with the same id was applied.
     *
     * @param record what is kept of it
     */
    record Repeated(RetryRecord record) implements Attempt {}

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
     * @param refusal what the caller gets if this member still leads
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

    /** What it decided without a change was decided on what never was the group's state. */
    record Torn() implements Attempt {}

    /** Runs the request's handler on these reads. */
    static Attempt run(LeaderCall.Request request, OptimisticReads reads) {
        Attempt attempt = attempt(request, reads);
        return switch (attempt) {
            case Answer answer -> ofOneMoment(answer, reads);
            case Refusal refusal -> ofOneMoment(refusal, reads);
            case Repeated repeated -> repeated;
            case Change change -> change;
            case Broken broken -> broken;
            case Torn torn -> torn;
            case Missed missed -> missed;
        };
    }

    /** Nothing is validated at commit where nothing is committed. */
    private static Attempt ofOneMoment(Attempt decided, OptimisticReads reads) {
        try {
            return reads.areOfOneMoment() ? decided : new Torn();
        } catch (CacheMissException miss) {
            return new Missed();
        } catch (RuntimeException unreadable) {
            return new Broken(unreadable);
        }
    }

    private static Attempt attempt(LeaderCall.Request request, OptimisticReads reads) {
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
        Optional<RetryRecord> earlier = earlier(request, reads);
        if (earlier.isPresent()) {
            return new Repeated(earlier.get());
        }
        Decision decision = request.handler().handle(reads, request.value());
        Transaction transaction = decision.transaction();
        if (request.handler().isReadOnly() && !transaction.isReadOnly()) {
            throw new IllegalStateException("a handler that says it only reads decided a change");
        }
        return transaction.isReadOnly()
                ? new Answer(decision.answer())
                : new Change(transaction.require(reads.conditions()), decision.answer(),
                        decision.ending());
    }

    /**
     * A request that comes again is not decided anew: its own change would be in the way. The record is
     * kept with the smallest row changed, so on the route of the call's key or of one of its latches.
     */
    private static Optional<RetryRecord> earlier(LeaderCall.Request request,
            OptimisticReads reads) {
        if (request.id().isEmpty()) {
            return Optional.empty();
        }
        RetryId id = request.id().get().id();
        Set<Integer> routes = new HashSet<>();
        routes.add(request.key().route());
        request.latches().forEach(key -> routes.add(key.route()));
        return routes.stream().map(route -> reads.earlier(route, id))
                .flatMap(Optional::stream).findFirst();
    }
}
