package io.quorate.sqs.operation;

import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceivedMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What an action answers, before it has a wire format. */
public sealed interface SqsResult {
    /** The action has no answer. */
    record Done() implements SqsResult {}

    /**
     * CreateQueue and GetQueueUrl.
     *
     * @param queue the queue, whose URL the codec makes
     */
    record QueueFound(QueueName queue) implements SqsResult {}

    /**
     * ListQueues and ListDeadLetterSourceQueues.
     *
     * @param queues some queues
     * @param next where the next page begins
     */
    record QueuesListed(List<QueueName> queues, Optional<String> next) implements SqsResult {}

    /** GetQueueAttributes. */
    record Attributes(Map<String, String> attributes) implements SqsResult {}

    /** ListQueueTags. */
    record Tags(Map<String, String> tags) implements SqsResult {}

    /**
     * SendMessage. The digests are lower-case hex.
     *
     * @param message the message's id
     * @param digests of what was sent
     * @param sequence the sequence number, FIFO queues only
     */
    record MessageSent(UUID message, Digests digests, Optional<String> sequence)
            implements
                SqsResult {}

    /**
     * MD5 digests.
     *
     * @param body of the body
     * @param attributes of the user attributes, if there are any
     * @param systemAttributes of the system attributes, if there are any
     */
    record Digests(String body, Optional<String> attributes, Optional<String> systemAttributes) {}

    /**
     * A batch.
     *
     * @param entries each entry's result, in order
     */
    record Batch(List<BatchEntry> entries) implements SqsResult {}

    /** What became of an entry of a batch. */
    sealed interface BatchEntry {
        /** Its id. */
        String id();

        /** It was sent. */
        record Sent(String id, MessageSent sent) implements BatchEntry {}

        /** It was done. */
        record Done(String id) implements BatchEntry {}

        /** It was refused. */
        record Failed(String id, SqsException why) implements BatchEntry {}
    }

    /**
     * ReceiveMessage.
     *
     * @param messages at most ten
     * @param fifo whether they have sequence numbers
     * @param shown which attributes the client asked to see
     */
    record MessagesReceived(List<ReceivedMessage> messages, boolean fifo, ShownAttributes shown)
            implements
                SqsResult {
        public MessagesReceived {
            messages = List.copyOf(messages);
        }
    }

    /** StartMessageMoveTask. */
    record MoveStarted(TaskHandle handle) implements SqsResult {}

    /** CancelMessageMoveTask. */
    record MoveCancelled(long moved) implements SqsResult {}

    /** ListMessageMoveTasks. */
    record MovesListed(List<Move> moves) implements SqsResult {}

    /**
     * A move task as it is shown.
     *
     * @param handle its handle, while it runs
     * @param status its status, in AWS's words
     * @param arns from where to where
     * @param numbers how far it is
     * @param failure why it failed, if it did
     */
    record Move(Optional<TaskHandle> handle, String status, Arns arns, Numbers numbers,
            Optional<String> failure) {
        /** From where, and where to if that was chosen. */
        public record Arns(String source, Optional<String> destination) {}

        /**
         * How far a move is.
         *
         * @param moved messages moved
         * @param toMove messages there were at the start
         * @param perSecond the chosen velocity
         * @param startedMillis when it was started
         */
        public record Numbers(long moved, long toMove, Optional<Integer> perSecond,
                long startedMillis) {}
    }
}
