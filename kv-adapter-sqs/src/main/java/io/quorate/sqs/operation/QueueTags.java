package io.quorate.sqs.operation;

import static io.quorate.sqs.operation.QueueLifecycle.existing;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.repository.QueueRepository;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** TagQueue, UntagQueue and ListQueueTags. Source: SQS API reference, those actions. */
public final class QueueTags {
    /** Most tags of a queue. */
    public static final int MAX_TAGS = 50;

    private final QueueRepository queues;

    public QueueTags(QueueRepository queues) {
        this.queues = queues;
    }

    /** Adds tags; one that is there gets the new value. */
    public Mono<SqsResult> add(SqsRequest.TagQueue request) {
        return change(request, tags -> tags.putAll(request.tags()));
    }

    /** Removes tags; those that are not there are no error. */
    public Mono<SqsResult> remove(SqsRequest.UntagQueue request) {
        return change(request, tags -> tags.keySet().removeAll(request.keys()));
    }

    private Mono<SqsResult> change(SqsRequest request,
            Consumer<Map<String, String>> change) {
        return existing(queues.change(request.queue(), queue -> {
            Map<String, String> tags = new HashMap<>(queue.tags());
            change.accept(tags);
            if (tags.size() > MAX_TAGS) {
                throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                        "Too many tags added for queue " + queue.name().name() + ".");
            }
            return queue.tagged(tags);
        })).thenReturn(new SqsResult.Done());
    }

    /** Shows the tags. */
    public Mono<SqsResult> list(SqsRequest.ListQueueTags request) {
        return existing(queues.find(request.queue()))
                .map(queue -> new SqsResult.Tags(queue.tags()));
    }
}
