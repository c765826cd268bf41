package io.quorate.sqs.operation;

import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.QueueSettings;
import io.quorate.sqs.model.ReceiptHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A decoded request: its words are valid, whatever the queue is like. */
public sealed interface SqsRequest {
    /** The queue it is about; of a request that is about none, its account's. */
    QueueName queue();

    /** Creates a queue. */
    record CreateQueue(QueueName queue, QueueSettings settings, Map<String, String> tags)
            implements
                SqsRequest {}

    /** Removes a queue. */
    record DeleteQueue(QueueName queue) implements SqsRequest {}

    /** Asks for a queue's URL. */
    record GetQueueUrl(QueueName queue) implements SqsRequest {}

    /**
     * Lists queues.
     *
     * @param queue names the account only
     * @param prefix what their names begin with
     * @param page which of them
     */
    record ListQueues(QueueName queue, String prefix, Page page) implements SqsRequest {}

    /** Asks for a queue's attributes. */
    record GetQueueAttributes(QueueName queue, Set<String> names) implements SqsRequest {}

    /** Changes the attributes that are named. */
    record SetQueueAttributes(QueueName queue, QueueSettings settings) implements SqsRequest {}

    /** Removes all messages. */
    record PurgeQueue(QueueName queue) implements SqsRequest {}

    /** Adds tags. */
    record TagQueue(QueueName queue, Map<String, String> tags) implements SqsRequest {}

    /** Removes tags. */
    record UntagQueue(QueueName queue, Set<String> keys) implements SqsRequest {}

    /** Asks for tags. */
    record ListQueueTags(QueueName queue) implements SqsRequest {}

    /** Lists the queues that name this one as their dead-letter queue. */
    record ListDeadLetterSourceQueues(QueueName queue, Page page) implements SqsRequest {}

    /** Lets accounts use actions. */
    record AddPermission(QueueName queue, String label, List<String> accounts,
            List<String> actions) implements SqsRequest {}

    /** Takes a permission back. */
    record RemovePermission(QueueName queue, String label) implements SqsRequest {}

    /** Sends one message. */
    record SendMessage(QueueName queue, Outgoing message) implements SqsRequest {}

    /** Sends several. */
    record SendMessageBatch(QueueName queue, List<Entry<Outgoing>> entries)
            implements
                SqsRequest {}

    /** Deletes one message. */
    record DeleteMessage(QueueName queue, ReceiptHandle receipt) implements SqsRequest {}

    /** Deletes several. */
    record DeleteMessageBatch(QueueName queue, List<Entry<ReceiptHandle>> entries)
            implements
                SqsRequest {}

    /** Hides one message. */
    record ChangeMessageVisibility(QueueName queue, Hiding hiding) implements SqsRequest {}

    /** Hides several. */
    record ChangeMessageVisibilityBatch(QueueName queue, List<Entry<Hiding>> entries)
            implements
                SqsRequest {}

    /**
     * Receives messages.
     *
     * @param maxMessages 1 to 10
     * @param visibilitySeconds empty for the queue's own
     * @param waitSeconds empty for the queue's own
     * @param attempt the ReceiveRequestAttemptId
     * @param shown which attributes to show
     */
    record ReceiveMessage(QueueName queue, int maxMessages, Optional<Integer> visibilitySeconds,
            Optional<Integer> waitSeconds, Optional<String> attempt, ShownAttributes shown)
            implements
                SqsRequest {}

    /**
     * Starts to move messages.
     *
     * @param queue the dead-letter queue
     * @param sourceArn its ARN
     * @param destination where to, with its ARN; empty for where each came from
     * @param perSecond how many a second; empty for as many as possible
     */
    record StartMessageMoveTask(QueueName queue, String sourceArn, Optional<Arn> destination,
            Optional<Integer> perSecond) implements SqsRequest {}

    /** Ends a move. */
    record CancelMessageMoveTask(QueueName queue, TaskHandle handle) implements SqsRequest {}

    /** Lists moves, latest first. */
    record ListMessageMoveTasks(QueueName queue, String sourceArn, int maxResults)
            implements
                SqsRequest {}

    /**
     * A queue by its ARN.
     *
     * @param text the ARN
     * @param queue the queue
     */
    record Arn(String text, QueueName queue) {}

    /**
     * Part of a list.
     *
     * @param maxResults 1 to 1,000; empty for all that fit
     * @param after the last name of the page before
     */
    record Page(Optional<Integer> maxResults, Optional<String> after) {}

    /**
     * A message to send.
     *
     * @param body what it says
     * @param delaySeconds empty for the queue's own
     * @param attributes user attributes
     * @param ids what names it
     */
    record Outgoing(String body, Optional<Integer> delaySeconds, List<MessageAttribute> attributes,
            Ids ids) {}

    /**
     * What a sender names a message by.
     *
     * @param traceHeader the AWSTraceHeader
     * @param groupId the MessageGroupId
     * @param deduplicationId the MessageDeduplicationId
     */
    record Ids(Optional<MessageAttribute> traceHeader, Optional<String> groupId,
            Optional<String> deduplicationId) {}

    /**
     * Which message to hide for how long.
     *
     * @param receipt which
     * @param seconds from now on
     */
    record Hiding(ReceiptHandle receipt, int seconds) {}

    /**
     * An entry of a batch.
     *
     * @param id the entry's id
     * @param content what to do, or why that cannot be
     * @param <T> what to do
     */
    record Entry<T>(String id, Content<T> content) {}

    /**
     * What an entry holds.
     *
     * @param <T> what to do
     */
    sealed interface Content<T> {
        /** It is valid. */
        record Valid<T>(T value) implements Content<T> {}

        /** It is not; the other entries are done. */
        record Refused<T>(SqsException why) implements Content<T> {}
    }
}
