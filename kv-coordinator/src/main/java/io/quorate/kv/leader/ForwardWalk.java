package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One request on its way to the leader: tries here or there, until one has an answer that no further
 * try can change, or the time is over.
 *
 * <p><b>Unknown is sticky</b>: once an attempt may have changed something without saying so, the
 * request ends with success or with {@link KvFailure.OutcomeUnknown}, never with a failure that says
 * that nothing was changed. One subscriber; its signals come one after another.
 */
final class ForwardWalk<R> {
    private final Forwarder forwarder;
    private final GroupPath path;
    private final Work<R> work;
    private final Deadline deadline;
    private @Nullable Deadline budget;
    private KvFailure lastFailure = new KvFailure.NoLeader();
    private boolean unknown;
    private boolean over;
    private boolean broken;
    private boolean here;
    private boolean leaderMissing;
    private int tries;
    private @Nullable String refusedBy;
    private @Nullable String hint;

    ForwardWalk(Forwarder forwarder, GroupPath path, Work<R> work, Deadline deadline) {
        this.forwarder = forwarder;
        this.path = path;
        this.work = work;
        this.deadline = deadline;
    }

    Mono<R> run() {
        here = path.endsHere();
        return here
                ? work.here(path.replica(), deadline)
                        .onErrorResume(failure -> afterTry(failure).then(forward()))
                : forward();
    }

    private Mono<R> forward() {
        return Mono.defer(this::tryOnce).retryWhen(Retry.from(
                tried -> tried.concatMap(signal -> afterTry(signal.failure()), 1)));
    }

    // ---- one try

    private Mono<R> tryOnce() {
        Deadline end = budget();
        if (end.hasPassed()) {
            return Mono.error(outOfTime());
        }
        leaderMissing = false;
        broken = false;
        here = path.endsHere();
        if (here) {
            return work.here(path.replica(), end).doOnNext(this::requireSettled);
        }
        return path.leader(refusedBy, hint).map(target -> ask(target, end)).orElseGet(() -> {
            leaderMissing = true;
            return Mono.error(new KvFailure.NoLeader().asException());
        });
    }

    private Mono<R> ask(GroupPath.Target target, Deadline end) {
        CircuitBreaker breaker = path.breaker(target, forwarder.addressOf(target.node()));
        CircuitBreaker.Admission admission = breaker.admit();
        if (admission == CircuitBreaker.Admission.REFUSED) {
            broken = true;
            forwarder.listener().refusedByBreaker(work.kind());
            return Mono.error(new KvFailure.NoLeader().asException());
        }
        refusedBy = target.node();
        hint = null;
        return new Try<R>(forwarder, path, target.node(), breaker, admission).ask(work, end)
                .doOnNext(this::requireSettled);
    }

    private void requireSettled(R result) {
        if (unknown && !work.settles(result)) {
            over = true;
            throw new KvFailure.OutcomeUnknown().asException();
        }
    }

    // ---- what follows a failed one

    /** Completes when the next try may begin; fails with the request's failure if there is none. */
    private Mono<Boolean> afterTry(Throwable failure) {
        if (!mayRepeat(failure)) {
            return Mono.error(ended(failure));
        }
        tries++;
        if (budget().hasPassed()) {
            return Mono.error(outOfTime());
        }
        boolean pause = leaderMissing || tries % Forwarder.TRIES_PER_CYCLE == 0;
        return pause
                ? forwarder.pauses().until(budget()).onErrorMap(this::ended)
                : Mono.just(true);
    }

    private boolean mayRepeat(Throwable failure) {
        if (over || broken) {
            // Who may have changed something waits for an answer; anybody else is told at once.
            leaderMissing = true;
            return unknown && !over;
        }
        if (failure instanceof PeerException unanswered) {
            unanswered(unanswered);
            return true;
        }
        if (failure instanceof TooOldException tooOld) {
            return renew(tooOld);
        }
        return failure instanceof KvException told && mayRepeat(told.failure());
    }

    private boolean mayRepeat(KvFailure failure) {
        return switch (failure) {
            case KvFailure.NotLeader(var leader) -> {
                hint = leader.orElse(null);
                yield transientFailure(failure);
            }
            case KvFailure.NoLeader none -> transientFailure(failure);
            case KvFailure.LeadershipTransferInProgress transfer -> {
                leaderMissing = true;
                yield transientFailure(failure);
            }
            case KvFailure.OutcomeUnknown lost -> {
                unknown |= work.changes();
                yield !here || work.isRepeatable();
            }
            // A leader that has stopped is soon none; this node's own stop is for its operator.
            case KvFailure.Poisoned stopped -> !here && transientFailure(
                    new KvFailure.NoLeader());
            case KvFailure.Overloaded bound -> false;
            case KvFailure.DeadlineExceeded late -> false;
            case KvFailure.ConditionFailed condition -> false;
            case KvFailure.WriteConflict conflict -> false;
            case KvFailure.Refused refused -> false;
            case KvFailure.ReadTooOld tooOld -> false;
            case KvFailure.DiskFull full -> false;
        };
    }

    private boolean transientFailure(KvFailure failure) {
        lastFailure = failure;
        return true;
    }

    private void unanswered(PeerException failure) {
        switch (failure.reach()) {
            case NOT_SENT -> lastFailure = new KvFailure.NoLeader();
            case MAYBE_ARRIVED -> {
                unknown |= work.changes();
                lastFailure = new KvFailure.DeadlineExceeded();
            }
        }
    }

    private boolean renew(TooOldException tooOld) {
        path.learnMillis(tooOld.logMillis());
        lastFailure = new KvFailure.DeadlineExceeded();
        if (unknown) {
            return false;
        }
        work.renew();
        return true;
    }

    private Throwable ended(Throwable failure) {
        if (unknown) {
            return new KvException(new KvFailure.OutcomeUnknown(), failure);
        }
        return failure instanceof TooOldException ? lastFailure.asException() : failure;
    }

    private KvException outOfTime() {
        return unknown ? new KvFailure.OutcomeUnknown().asException() : lastFailure.asException();
    }

    /** Begins when the request first has to leave this node, or to be tried again. */
    private Deadline budget() {
        Deadline known = budget;
        if (known == null) {
            known = deadline.within(Forwarder.BUDGET);
            budget = known;
        }
        return known;
    }
}
