package io.quorate.sqs.operation;

import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceiptHandle;

/**
 * DeleteMessage.
 *
 * @param queue where
 * @param receipt which receive of which message
 */
public record DeleteMessageRequest(QueueName queue, ReceiptHandle receipt) implements SqsRequest {}
