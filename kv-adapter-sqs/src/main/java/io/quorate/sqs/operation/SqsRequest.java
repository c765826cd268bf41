package io.quorate.sqs.operation;

import io.quorate.sqs.model.QueueName;

/** A decoded request. */
public sealed interface SqsRequest permits CreateQueueRequest, SendMessageRequest,
        ReceiveMessageRequest, DeleteMessageRequest {
    /** The queue it is about. */
    QueueName queue();
}
