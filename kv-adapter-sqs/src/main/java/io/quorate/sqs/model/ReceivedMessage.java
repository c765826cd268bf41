package io.quorate.sqs.model;

import java.util.UUID;

/**
 * A message as one receive hands it out.
 *
 * @param id its id
 * @param content what was sent
 * @param receipt names this receive
 * @param sentMillis when it was sent, in group time
 * @param firstReceivedMillis when it was received first, in group time
 */
public record ReceivedMessage(UUID id, MessageContent content, ReceiptHandle receipt,
        long sentMillis, long firstReceivedMillis) {}
