package io.quorate.sqs.operation;

import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceivedMessage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What an action answers, before it has a wire format. */
public sealed interface SqsResult {
    /**
     * CreateQueue.
     *
     * @param queue the queue, whose URL the codec makes
     */
    record QueueCreated(QueueName queue) implements SqsResult {}

    /**
     * SendMessage. The digests are lower-case hex.
     *
     * @param message the message's id
     * @param md5OfBody of the body
     * @param md5OfAttributes of the user attributes, if there are any
     * @param md5OfSystemAttributes of the system attributes, if there are any
     */
    record MessageSent(UUID message, String md5OfBody, Optional<String> md5OfAttributes,
            Optional<String> md5OfSystemAttributes) implements SqsResult {}

    /**
     * ReceiveMessage.
     *
     * @param messages at most ten
     * @param shown which attributes the client asked to see
     */
    record MessagesReceived(List<ReceivedMessage> messages, ShownAttributes shown)
            implements
                SqsResult {
        public MessagesReceived {
            messages = List.copyOf(messages);
        }
    }

    /** DeleteMessage. */
    record MessageDeleted() implements SqsResult {}
}
