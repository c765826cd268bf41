package io.quorate.sqs.operation;

import io.quorate.sqs.engine.CreateQueueCall;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.repository.QueueRepository;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** CreateQueue, for standard queues. Source: SQS API reference, CreateQueue. */
public final class CreateQueue {
    private final QueueRepository queues;
    private final Supplier<UUID> ids;

    public CreateQueue(QueueRepository queues, Supplier<UUID> ids) {
        this.queues = queues;
        this.ids = ids;
    }

    /** Creates the queue, or finds it as asked for. */
    public Mono<SqsResult> run(CreateQueueRequest request) {
        return queues
                .create(new CreateQueueCall.Request(ids.get(), request.queue(),
                        request.attributes(), request.tags()))
                .map(differing -> result(request, differing));
    }

    private static SqsResult result(CreateQueueRequest request, Optional<String> differing) {
        differing.ifPresent(attribute -> {
            throw new SqsException(SqsError.QUEUE_NAME_EXISTS,
                    "A queue already exists with the same name and a different value for attribute "
                            + attribute);
        });
        return new SqsResult.QueueCreated(request.queue());
    }
}
