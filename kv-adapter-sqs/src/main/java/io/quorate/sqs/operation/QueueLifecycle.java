package io.quorate.sqs.operation;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.repository.QueueRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * CreateQueue, DeleteQueue, PurgeQueue, GetQueueUrl and ListQueues. Source: SQS API reference, those
 * actions.
 */
public final class QueueLifecycle {
    /** Between two purges of a queue. */
    private static final Duration PURGE_PAUSE = Duration.ofSeconds(60);
    /** Names of a list without MaxResults. */
    private static final int MAX_LISTED = 1_000;

    private final QueueRepository queues;
    private final RedriveRules redrive;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public QueueLifecycle(QueueRepository queues, RedriveRules redrive, Supplier<UUID> ids,
            InstantSource clock) {
        this.queues = queues;
        this.redrive = redrive;
        this.ids = ids;
        this.clock = clock;
    }

    /** Creates the queue, or finds it as asked for. */
    public Mono<SqsResult> create(SqsRequest.CreateQueue request, Caller caller) {
        long now = clock.millis();
        QueueDefinition queue = new QueueDefinition(ids.get(), 0, request.queue(),
                request.settings(), request.tags(), new QueueDefinition.Times(now, now, 0));
        return redrive.check(request.queue(), request.settings(), caller)
                .then(Mono.defer(() -> queues.create(queue))).map(found -> {
                    differing(found, request).ifPresent(attribute -> {
                        throw new SqsException(SqsError.QUEUE_NAME_EXISTS,
                                "A queue already exists with the same name and a different value "
                                        + "for attribute " + attribute.wireName());
                    });
                    return new SqsResult.QueueFound(found.name());
                });
    }

    private static Optional<QueueAttribute> differing(QueueDefinition found,
            SqsRequest.CreateQueue request) {
        return request.settings().chosen().entrySet().stream().filter(
                chosen -> !found.settings().text(chosen.getKey()).equals(chosen.getValue()))
                .map(Map.Entry::getKey).sorted().findFirst();
    }

    /** Removes the queue with its messages. */
    public Mono<SqsResult> delete(SqsRequest.DeleteQueue request) {
        return existing(queues.remove(request.queue())).thenReturn(new SqsResult.Done());
    }

    /** Removes the messages that were sent until now. */
    public Mono<SqsResult> purge(SqsRequest.PurgeQueue request) {
        return existing(queues.purge(request.queue(), queue -> {
            long now = clock.millis();
            if (now - queue.times().purged() < PURGE_PAUSE.toMillis()) {
                throw new SqsException(SqsError.PURGE_QUEUE_IN_PROGRESS,
                        "Only one PurgeQueue operation on " + queue.name().name()
                                + " is allowed every 60 seconds.");
            }
            return queue.emptied(now);
        })).thenReturn(new SqsResult.Done());
    }

    /** Finds the queue. */
    public Mono<SqsResult> url(SqsRequest.GetQueueUrl request) {
        return existing(queues.find(request.queue()))
                .map(queue -> new SqsResult.QueueFound(queue.name()));
    }

    /** Lists queues in order of their names. */
    public Mono<SqsResult> list(SqsRequest.ListQueues request) {
        return page(queues.list(request.queue().account(), request.prefix(),
                request.page().after()), request.page());
    }

    /** The queues that name this one as their dead-letter queue. */
    public Mono<SqsResult> sources(SqsRequest.ListDeadLetterSourceQueues request) {
        var sources = queues.list(request.queue().account(), "", request.page().after())
                .filter(queue -> queue.settings().redrive()
                        .filter(policy -> policy.target().equals(request.queue())).isPresent());
        return existing(queues.find(request.queue())).then(page(sources, request.page()));
    }

    private static Mono<SqsResult> page(Flux<QueueDefinition> queues,
            SqsRequest.Page page) {
        int max = page.maxResults().orElse(MAX_LISTED);
        return queues.map(QueueDefinition::name).take(max + 1L).collectList().map(found -> {
            boolean more = found.size() > max;
            var shown = more ? found.subList(0, max) : found;
            // Without MaxResults there is no token. Source: ListQueues, "NextToken".
            Optional<String> next = more && page.maxResults().isPresent()
                    ? Optional.of(shown.getLast().name())
                    : Optional.empty();
            return new SqsResult.QueuesListed(List.copyOf(shown), next);
        });
    }

    static <T> Mono<T> existing(Mono<T> queue) {
        return queue.switchIfEmpty(Mono.error(SqsException::noSuchQueue));
    }
}
