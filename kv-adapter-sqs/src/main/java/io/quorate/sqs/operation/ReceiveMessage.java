package io.quorate.sqs.operation;

import io.quorate.kv.Deadline;
import io.quorate.kv.DeadlineOrigin;
import io.quorate.sqs.engine.ReceiveCall;
import io.quorate.sqs.engine.ReceiveCall.Answer;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.poll.LongPolls;
import io.quorate.sqs.repository.DeadLetters;
import io.quorate.sqs.repository.QueueRepository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    /** Each look removes about a hundred expired messages, or moves ten dead ones. */
    private static final int MAX_LOOKS = 10;

    private final QueueRepository queues;
    private final DeadLetters deadLetters;
    private final LongPolls polls;

    public ReceiveMessage(QueueRepository queues, DeadLetters deadLetters, LongPolls polls) {
        this.queues = queues;
        this.deadLetters = deadLetters;
        this.polls = polls;
    }

    /** Receives up to the number of messages asked for. */
    public Mono<SqsResult> run(SqsRequest.ReceiveMessage request, Caller caller) {
        var call = new ReceiveCall.Request(request.queue(), request.maxMessages(),
                request.visibilitySeconds(), request.attempt());
        Mono<Answer.Taken> look = look(call, caller);
        boolean fifo = request.queue().isFifo();
        // Who could not look once, because there was no leader, has received nothing.
        return first(request, look).map(Answer.Taken::messages).defaultIfEmpty(List.of())
                .map(messages -> new SqsResult.MessagesReceived(messages, fifo,
                        request.shown()));
    }

    private Mono<Answer.Taken> first(SqsRequest.ReceiveMessage request, Mono<Answer.Taken> look) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            boolean extend = DeadlineOrigin.of(context) == DeadlineOrigin.DEFAULT;
            long begun = System.nanoTime();
            return look.map(Optional::of).onErrorResume(
                    failure -> request.waitSeconds().orElse(0) > 0
                            && LongPolls.passes(failure),
                    failure -> Mono.just(Optional.empty()))
                    .flatMap(seen -> {
                        int wait = request.waitSeconds().orElseGet(() -> seen
                                .map(ReceiveMessage::defaultWait).orElse(0));
                        boolean over = wait == 0
                                || seen.filter(found -> !found.messages().isEmpty()).isPresent();
                        if (over) {
                            return Mono.justOrEmpty(seen);
                        }
                        Deadline last = extend
                                ? Deadline.after(
                                        Duration.ofSeconds(wait).plus(deadline.remaining()))
                                : deadline;
                        Deadline end = Deadline.after(Duration.ofSeconds(wait))
                                .within(last.remaining().minus(LAST_LOOK));
                        var poll = new LongPolls.Poll(request.queue(),
                                look.contextWrite((Context inner) -> last.into(inner)), end,
                                begun);
                        return polls.await(poll, seen);
                    });
        });
    }

    private static int defaultWait(Answer.Taken taken) {
        return taken.queue().settings()
                .number(QueueAttribute.RECEIVE_MESSAGE_WAIT_TIME_SECONDS);
    }

    /** One look; further ones as long as there were only expired or dead messages at the head. */
    private Mono<Answer.Taken> look(ReceiveCall.Request call, Caller caller) {
        return lookOnce(call, caller).repeat(MAX_LOOKS)
                .takeUntil(taken -> !taken.messages().isEmpty() || (taken.dead().isEmpty()
                        && taken.millisUntilVisible().orElse(1L) > 0))
                .last();
    }

    private Mono<Answer.Taken> lookOnce(ReceiveCall.Request call, Caller caller) {
        return queues.receive(call).flatMap(answer -> switch (answer) {
            case Answer.NoSuchQueue() -> Mono.error(SqsException.noSuchQueue());
            case Answer.OverLimit() -> Mono.error(new SqsException(SqsError.OVER_LIMIT,
                    "The maximum number of in flight messages is reached."));
            case Answer.Taken taken -> taken.dead().isEmpty()
                    ? Mono.just(taken)
                    : bury(taken, caller);
        });
    }

    private Mono<Answer.Taken> bury(Answer.Taken taken, Caller caller) {
        String arn = taken.queue().name().arn(caller.region());
        Mono<Boolean> moved = deadLetters.bury(taken.queue(), arn, taken.dead());
        // Without a dead-letter queue to take them, they stay, and looking again would not help.
        return moved.map(done -> done
                ? taken
                : new Answer.Taken(taken.queue(), taken.messages(), List.of(),
                        taken.millisUntilVisible().filter(millis -> millis > 0)));
    }
}
