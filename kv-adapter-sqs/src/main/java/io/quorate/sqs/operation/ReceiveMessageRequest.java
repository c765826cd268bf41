package io.quorate.sqs.operation;

import io.quorate.sqs.model.QueueName;
import java.util.Optional;

/**
 * ReceiveMessage.
 *
 * @param queue where from
 * @param maxMessages 1 to 10
 * @param visibilitySeconds how long the messages stay invisible
 * @param waitSeconds how long to wait for a message if there is none
 * @param shown which attributes to show
 */
public record ReceiveMessageRequest(QueueName queue, int maxMessages,
        Optional<Integer> visibilitySeconds, Optional<Integer> waitSeconds, ShownAttributes shown)
        implements
            SqsRequest {}
