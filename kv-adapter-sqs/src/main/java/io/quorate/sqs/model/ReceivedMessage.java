package io.quorate.sqs.model;

/**
 * A message as one receive hands it out.
 *
 * @param content what was sent
 * @param receipt names this receive
 * @param state after this receive
 */
public record ReceivedMessage(MessageContent content, ReceiptHandle receipt, MessageState state) {}
