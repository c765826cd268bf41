package io.quorate.sqs.operation;

import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueName;
import java.util.Map;

/**
 * CreateQueue.
 *
 * @param queue the queue
 * @param attributes those named
 * @param tags its tags
 */
public record CreateQueueRequest(QueueName queue, Map<QueueAttribute, Integer> attributes,
        Map<String, String> tags) implements SqsRequest {
    public CreateQueueRequest {
        attributes = Map.copyOf(attributes);
        tags = Map.copyOf(tags);
    }
}
