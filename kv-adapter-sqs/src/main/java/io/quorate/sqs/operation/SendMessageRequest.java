package io.quorate.sqs.operation;

import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.QueueName;
import java.util.List;
import java.util.Optional;

/**
 * SendMessage.
 *
 * @param queue where
 * @param body the text
 * @param delaySeconds how long the message stays invisible
 * @param attributes user attributes
 * @param traceHeader the AWSTraceHeader system attribute
 * @param groupId the MessageGroupId, by which a standard queue is shared fairly
 */
public record SendMessageRequest(QueueName queue, String body, Optional<Integer> delaySeconds,
        List<MessageAttribute> attributes, Optional<MessageAttribute> traceHeader,
        Optional<String> groupId) implements SqsRequest {
    public SendMessageRequest {
        attributes = List.copyOf(attributes);
    }
}
