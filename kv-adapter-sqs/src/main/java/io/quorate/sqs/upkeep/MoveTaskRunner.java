package io.quorate.sqs.upkeep;

import io.quorate.sqs.engine.ReceiveCall;
import io.quorate.sqs.model.MoveTask;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceivedMessage;
import io.quorate.sqs.repository.DeadLetters;
import io.quorate.sqs.repository.MoveTaskRepository;
import io.quorate.sqs.repository.QueueRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves what move tasks name, a piece a round: no faster than a task allows on average since it was
 * started. A message whose destination is gone ends the task.
 */
public final class MoveTaskRunner {
    /** Most messages of one piece. */
    private static final int MAX_PIECE = 500;
    /** How long a message that is on its way stays hidden in the queue it leaves. */
    private static final int HIDDEN_SECONDS = 30;
    private static final int AT_ONCE = ReceiveCall.MAX_MESSAGES;
    private static final String GONE = "CouldNotDetermineMessageSource";

    private final QueueRepository queues;
    private final MoveTaskRepository tasks;
    private final DeadLetters deadLetters;
    private final InstantSource clock;

    public MoveTaskRunner(QueueRepository queues, MoveTaskRepository tasks,
            DeadLetters deadLetters, InstantSource clock) {
        this.queues = queues;
        this.tasks = tasks;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** Does a piece of the queue's task, if it has one. */
    Mono<Void> run(QueueName queue) {
        return tasks.of(queue).flatMapIterable(all -> all)
                .filter(task -> !task.status().isOver()).next().flatMap(this::run).then();
    }

    private Mono<MoveTask> run(MoveTask task) {
        if (task.status() == MoveTask.Status.CANCELLING) {
            return save(task, now -> now.with(MoveTask.Status.CANCELLED));
        }
        long allowed = Math.min(MAX_PIECE, allowed(task));
        return allowed <= 0 ? Mono.just(task) : piece(task, allowed);
    }

    /** How many may be moved by now. */
    private long allowed(MoveTask task) {
        Duration since = Duration.ofMillis(clock.millis() - task.plan().start().millis());
        return task.plan().perSecond()
                .map(rate -> rate * (since.toSeconds() + 1) - task.moved())
                .orElse((long) MAX_PIECE);
    }

    private Mono<MoveTask> piece(MoveTask task, long allowed) {
        int most = (int) Math.min(AT_ONCE, allowed);
        return queues.receive(new ReceiveCall.Request(task.plan().source(), most,
                Optional.of(HIDDEN_SECONDS), Optional.empty())).flatMap(answer -> switch (answer) {
                    case ReceiveCall.Answer.NoSuchQueue() ->
                        save(task, now -> now.failed("AWS.SimpleQueueService.NonExistentQueue"));
                    case ReceiveCall.Answer.OverLimit() -> Mono.just(task);
                    case ReceiveCall.Answer.Taken taken -> taken.messages().isEmpty()
                            ? save(task, now -> now.with(MoveTask.Status.COMPLETED))
                            : move(task, taken.messages()).flatMap(
                                    now -> now.status() == MoveTask.Status.RUNNING
                                            && allowed > taken.messages().size()
                                                    ? piece(now,
                                                            allowed - taken.messages().size())
                                                    : Mono.just(now));
                });
    }

    private Mono<MoveTask> move(MoveTask task, List<ReceivedMessage> messages) {
        return Flux.fromIterable(messages).concatMap(message -> move(task, message))
                .collectList().flatMap(moved -> {
                    long done = moved.stream().filter(one -> one).count();
                    return save(task, now -> done < messages.size()
                            ? now.moved(done).failed(GONE)
                            : now.moved(done));
                });
    }

    private Mono<Boolean> move(MoveTask task, ReceivedMessage message) {
        Optional<QueueName> to = task.plan().destination()
                .or(() -> message.content().origin().deadLetterSourceArn()
                        .flatMap(QueueName::ofArn));
        return to.isEmpty()
                ? Mono.just(false)
                : deadLetters.revive(task.plan().source(), to.get(), message);
    }

    private Mono<MoveTask> save(MoveTask task, UnaryOperator<MoveTask> change) {
        return tasks.change(MoveTaskRepository.key(task), change);
    }
}
