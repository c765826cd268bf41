package io.quorate.sqs.operation;

import io.quorate.kv.Deadline;
import io.quorate.kv.DeadlineOrigin;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.sqs.engine.ReceiveMessageCall;
import io.quorate.sqs.engine.ReceiveMessageCall.Answer;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.repository.QueueRepository;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * ReceiveMessage, with a long poll that commits wake. Source: SQS API reference, ReceiveMessage.
 *
 * <p>A default deadline is extended by the wait; a caller's own one ends the wait, and the answer is
 * then an empty one.
 */
public final class ReceiveMessage {
    /** Kept of a caller's deadline for the last look at the queue. */
    private static final Duration LAST_LOOK = Duration.ofMillis(250);

    /** Each such look removes about a hundred messages. */
    private static final int MAX_LOOKS_PAST_EXPIRED = 10;

    private final QueueRepository queues;

    public ReceiveMessage(QueueRepository queues) {
        this.queues = queues;
    }

    /** Receives up to the number of messages asked for. */
    public Mono<SqsResult> run(ReceiveMessageRequest request) {
        var call = new ReceiveMessageCall.Request(request.queue(), request.maxMessages(),
                request.visibilitySeconds());
        return firstLook(request, call)
                .map(taken -> new SqsResult.MessagesReceived(taken.messages(), request.shown()));
    }

    private Mono<Answer.Taken> firstLook(ReceiveMessageRequest request,
            ReceiveMessageCall.Request call) {
        return receive(call).flatMap(taken -> {
            int wait = request.waitSeconds().orElse(taken.defaultWaitSeconds());
            if (!taken.messages().isEmpty() || wait == 0) {
                return Mono.just(taken);
            }
            return Mono.deferContextual(context -> {
                Deadline deadline = Deadline.of(context);
                boolean extend = DeadlineOrigin.of(context) == DeadlineOrigin.DEFAULT;
                Deadline last = extend
                        ? Deadline.after(Duration.ofSeconds(wait).plus(deadline.remaining()))
                        : deadline;
                Deadline end = Deadline.after(Duration.ofSeconds(wait))
                        .within(last.remaining().minus(LAST_LOOK));
                return poll(call, end).contextWrite((Context inner) -> last.into(inner));
            });
        });
    }

    private Mono<Answer.Taken> poll(ReceiveMessageCall.Request call, Deadline end) {
        return lookAndWait(call, end).repeat().takeUntil(taken -> isOver(taken, end)).last();
    }

    /**
     * Looks at the queue and, if it is empty, waits until looking again may help. The watch begins
     * before the look, so a message that arrives between them is not missed.
     */
    private Mono<Answer.Taken> lookAndWait(ReceiveMessageCall.Request call, Deadline end) {
        Mono<Look> change = queues.nextChange(call.queue()).contextWrite(end::into)
                .onErrorResume(ReceiveMessage::isNothingNew, nothing -> Mono.empty())
                .thenReturn(Look.WAITED);
        Flux<Look> look = receive(call).flatMapMany(taken -> isOver(taken, end)
                ? Flux.just(new Look(taken, true))
                : Mono.delay(pause(taken, end)).thenReturn(Look.WAITED).flux()
                        .startWith(new Look(taken, false)));
        return Flux.merge(change, look).scan(Look.NOTHING, Look::and).takeUntil(Look::isDone)
                .last().map(done -> Objects.requireNonNull(done.taken()));
    }

    /**
     * How far one look has come.
     *
     * @param taken what it found, once it has
     * @param waited whether there is no reason to wait longer
     */
    private record Look(Answer.@Nullable Taken taken, boolean waited) {
        static final Look NOTHING = new Look(null, false);
        static final Look WAITED = new Look(null, true);

        Look and(Look next) {
            return new Look(taken == null ? next.taken : taken, waited || next.waited);
        }

        boolean isDone() {
            return taken != null && waited;
        }
    }

    private static boolean isOver(Answer.Taken taken, Deadline end) {
        return !taken.messages().isEmpty() || end.hasPassed();
    }

    /** Until the wait ends or the next message becomes visible by itself. */
    private static Duration pause(Answer.Taken taken, Deadline end) {
        Duration left = end.remaining();
        return taken.millisUntilVisible().map(Duration::ofMillis)
                .filter(visible -> visible.compareTo(left) < 0).orElse(left);
    }

    private static boolean isNothingNew(Throwable failure) {
        return failure instanceof KvException kv
                && kv.failure() instanceof KvFailure.DeadlineExceeded;
    }

    /** One look; further ones as long as there were only expired messages at the head. */
    private Mono<Answer.Taken> receive(ReceiveMessageCall.Request call) {
        return lookOnce(call).repeat(MAX_LOOKS_PAST_EXPIRED)
                .takeUntil(taken -> taken.millisUntilVisible().orElse(1L) > 0).last();
    }

    private Mono<Answer.Taken> lookOnce(ReceiveMessageCall.Request call) {
        return queues.receive(call).map(answer -> switch (answer) {
            case Answer.NoSuchQueue() -> throw SqsException.noSuchQueue();
            case Answer.Taken taken -> taken;
        });
    }
}
