package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerException;
import io.quorate.kv.Value;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One request to another node: what it says to the breaker and to whoever counts.
 *
 * <p>Any answer speaks for the node, also one that refuses. No answer speaks against it, unless the
 * caller had given it so little time that it says nothing.
 */
final class Try<R> {
    /** Who waits shorter than this and hears nothing has learnt nothing about the leader. */
    static final Duration TELLING_SILENCE = Duration.ofMillis(250);
    private static final Logger LOG = LoggerFactory.getLogger(Try.class);

    private final Forwarder forwarder;
    private final GroupPath path;
    private final String node;
    private final CircuitBreaker breaker;
    private final CircuitBreaker.Admission admission;
    private final long begun = System.nanoTime();

    Try(Forwarder forwarder, GroupPath path, String node, CircuitBreaker breaker,
            CircuitBreaker.Admission admission) {
        this.forwarder = forwarder;
        this.path = path;
        this.node = node;
        this.breaker = breaker;
        this.admission = admission;
    }

    Mono<R> ask(Work<R> work, Deadline budget) {
        Deadline end = budget.within(Forwarder.TRY);
        Value request;
        try {
            request = work.request(path.logMillis(), budget);
        } catch (RuntimeException unsendable) {
            breaker.abandoned(admission);
            return Mono.error(unsendable);
        }
        return forwarder.peers().call(node, work.kind(), path.groupId(), request)
                .switchIfEmpty(Mono.error(() -> new KvFailure.OutcomeUnknown().asException()))
                .contextWrite(end::into)
                .doOnNext(answer -> ended(work, ForwardListener.Outcome.SUCCEEDED))
                .doOnError(failure -> failed(work, failure, end))
                .doOnCancel(() -> ended(work, ForwardListener.Outcome.CANCELLED))
                .map(answer -> read(work, answer));
    }

    private R read(Work<R> work, Value answer) {
        try {
            return work.answered(answer);
        } catch (TooOldException | KvException told) {
            throw told;
        } catch (RuntimeException unreadable) {
            LOG.error("answer of a leader cannot be read node={} kind={}", node, work.kind(),
                    unreadable);
            throw new KvException(new KvFailure.OutcomeUnknown(), unreadable);
        }
    }

    private void failed(Work<R> work, Throwable failure, Deadline end) {
        if (failure instanceof PeerException unanswered) {
            switch (unanswered.reach()) {
                case NOT_SENT -> against(work, ForwardListener.Outcome.NOT_SENT);
                case MAYBE_ARRIVED -> unanswered(work, end);
            }
            return;
        }
        if (!(failure instanceof KvException)) {
            LOG.error("request to a leader failed in an unexpected way node={} kind={}", node,
                    work.kind(), failure);
        }
        ended(work, ForwardListener.Outcome.FAILED);
    }

    private void unanswered(Work<R> work, Deadline end) {
        boolean telling = !end.hasPassed() || nanos() >= TELLING_SILENCE.toNanos();
        if (telling) {
            against(work, ForwardListener.Outcome.UNANSWERED);
        } else {
            breaker.abandoned(admission);
            forwarder.listener().tried(work.kind(), ForwardListener.Outcome.UNANSWERED, nanos());
        }
    }

    private void ended(Work<R> work, ForwardListener.Outcome outcome) {
        if (outcome == ForwardListener.Outcome.CANCELLED) {
            breaker.abandoned(admission);
        } else {
            breaker.answered(admission);
        }
        forwarder.listener().tried(work.kind(), outcome, nanos());
    }

    private void against(Work<R> work, ForwardListener.Outcome outcome) {
        forwarder.listener().tried(work.kind(), outcome, nanos());
        if (breaker.failed(admission)) {
            LOG.warn("leader does not answer and is not asked for a while node={} group={}", node,
                    path.groupId());
            forwarder.listener().breakerOpened(node, path.groupId());
        }
    }

    private long nanos() {
        return System.nanoTime() - begun;
    }
}
