package io.quorate.sqs.operation;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.MoveTask;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.repository.MoveTaskRepository;
import io.quorate.sqs.repository.QueueRepository;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * StartMessageMoveTask, CancelMessageMoveTask and ListMessageMoveTasks; the moving itself is the
 * upkeep's. Source: SQS API reference, those actions.
 */
public final class MoveTasks {
    private final QueueRepository queues;
    private final MoveTaskRepository tasks;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public MoveTasks(QueueRepository queues, MoveTaskRepository tasks, Supplier<UUID> ids,
            InstantSource clock) {
        this.queues = queues;
        this.tasks = tasks;
        this.ids = ids;
        this.clock = clock;
    }

    /** Starts a task. */
    public Mono<SqsResult> start(SqsRequest.StartMessageMoveTask request, Caller caller) {
        return existing(queues.find(request.queue())).flatMap(source -> queues
                .list(request.queue().account(), "", Optional.empty())
                .any(queue -> isSource(queue, source))
                .flatMap(dead -> dead
                        ? destination(request).then(Mono.defer(() -> queues.counts(source)))
                        : Mono.error(() -> unsupported(
                                "Source queue must be configured as a Dead Letter Queue."))))
                .flatMap(counts -> start(request, counts.visible()));
    }

    private static boolean isSource(QueueDefinition queue, QueueDefinition target) {
        return queue.settings().redrive()
                .filter(policy -> policy.target().equals(target.name())).isPresent();
    }

    private Mono<Void> destination(SqsRequest.StartMessageMoveTask request) {
        return Mono.justOrEmpty(request.destination())
                .flatMap(arn -> existing(queues.find(arn.queue())).doOnNext(queue -> {
                    if (queue.name().isFifo() != request.queue().isFifo()) {
                        throw unsupported("Source and destination must be of the same type.");
                    }
                })).then();
    }

    private Mono<SqsResult> start(SqsRequest.StartMessageMoveTask request, long messages) {
        var start = new MoveTask.Start(clock.millis(), ids.get().toString(), messages);
        var plan = new MoveTask.Plan(request.queue(), request.sourceArn(),
                request.destination().map(SqsRequest.Arn::queue),
                request.destination().map(SqsRequest.Arn::text), request.perSecond(), start);
        return tasks.start(new MoveTask(plan, MoveTask.Status.RUNNING, 0, Optional.empty()))
                .map(started -> {
                    if (!started) {
                        throw unsupported("There is already a task running. Only one active task "
                                + "is allowed for a source queue arn at a given time.");
                    }
                    return new SqsResult.MoveStarted(handle(plan));
                });
    }

    private static TaskHandle handle(MoveTask.Plan plan) {
        return new TaskHandle(plan.source(), plan.start().millis(), plan.start().id());
    }

    /** Ends a task that is running. */
    public Mono<SqsResult> cancel(SqsRequest.CancelMessageMoveTask request) {
        TaskHandle handle = request.handle();
        return tasks.change(
                QueueKeyspace.moveTask(handle.queue(), handle.startedMillis(), handle.id()),
                task -> task.with(MoveTask.Status.CANCELLING))
                .<SqsResult>map(task -> new SqsResult.MoveCancelled(task.moved()))
                .switchIfEmpty(Mono.error(() -> new SqsException(SqsError.RESOURCE_NOT_FOUND,
                        "Task does not exist.")));
    }

    /** The latest tasks of a queue. */
    public Mono<SqsResult> list(SqsRequest.ListMessageMoveTasks request) {
        return existing(queues.find(request.queue())).then(tasks.of(request.queue()))
                .map(found -> new SqsResult.MovesListed(found.stream()
                        .limit(request.maxResults()).map(MoveTasks::shown).toList()));
    }

    private static SqsResult.Move shown(MoveTask task) {
        MoveTask.Plan plan = task.plan();
        return new SqsResult.Move(
                Optional.of(handle(plan))
                        .filter(handle -> task.status() == MoveTask.Status.RUNNING),
                task.status().name(),
                new SqsResult.Move.Arns(plan.sourceArn(), plan.destinationArn()),
                new SqsResult.Move.Numbers(task.moved(), plan.start().messages(),
                        plan.perSecond(), plan.start().millis()),
                task.failure());
    }

    private static Mono<QueueDefinition> existing(Mono<QueueDefinition> queue) {
        return queue.switchIfEmpty(Mono.error(() -> new SqsException(SqsError.RESOURCE_NOT_FOUND,
                "The resource that you specified for the SourceArn or DestinationArn parameter "
                        + "doesn't exist.")));
    }

    private static SqsException unsupported(String why) {
        return new SqsException(SqsError.UNSUPPORTED_OPERATION, why);
    }
}
