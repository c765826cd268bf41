package io.quorate.sqs.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An attribute that the owner of a queue chooses. Source: CreateQueue and SetQueueAttributes,
 * "Attributes". Byte and second counts as SQS counts them.
 */
public enum QueueAttribute {
    DELAY_SECONDS("DelaySeconds", 0, 900, "0"), MAXIMUM_MESSAGE_SIZE("MaximumMessageSize", 1_024,
            1_048_576, "1048576"), MESSAGE_RETENTION_PERIOD("MessageRetentionPeriod", 60, 1_209_600,
                    "345600"), RECEIVE_MESSAGE_WAIT_TIME_SECONDS("ReceiveMessageWaitTimeSeconds", 0,
                            20, "0"), VISIBILITY_TIMEOUT("VisibilityTimeout", 0, 43_200,
                                    "30"), POLICY("Policy", "", ""), REDRIVE_POLICY("RedrivePolicy",
                                            "", ""), REDRIVE_ALLOW_POLICY("RedriveAllowPolicy", "",
                                                    ""), KMS_MASTER_KEY_ID("KmsMasterKeyId", "",
                                                            ""), KMS_DATA_KEY_REUSE_PERIOD_SECONDS(
                                                                    "KmsDataKeyReusePeriodSeconds",
                                                                    60, 86_400,
                                                                    "300"), SQS_MANAGED_SSE_ENABLED(
                                                                            "SqsManagedSseEnabled",
                                                                            "true|false",
                                                                            "true"), FIFO_QUEUE(
                                                                                    "FifoQueue",
                                                                                    "true|false",
                                                                                    "false"), CONTENT_BASED_DEDUPLICATION(
                                                                                            "ContentBasedDeduplication",
                                                                                            "true|false",
                                                                                            "false"), DEDUPLICATION_SCOPE(
                                                                                                    "DeduplicationScope",
                                                                                                    "queue|messageGroup",
                                                                                                    "queue"), FIFO_THROUGHPUT_LIMIT(
                                                                                                            "FifoThroughputLimit",
                                                                                                            "perQueue|perMessageGroupId",
                                                                                                            "perQueue");

    private final String wireName;
    private final String words;
    private final int min;
    private final int max;
    private final String defaultValue;

    /** A number in a range. */
    QueueAttribute(String wireName, int min, int max, String defaultValue) {
        this.wireName = wireName;
        this.words = "\\d{1,9}";
        this.min = min;
        this.max = max;
        this.defaultValue = defaultValue;
    }

    /** One of some words, or any text if there are none. */
    QueueAttribute(String wireName, String words, String defaultValue) {
        this.wireName = wireName;
        this.words = words;
        this.min = 0;
        this.max = 0;
        this.defaultValue = defaultValue;
    }

    /** The attribute of that name, if it is one of these. */
    public static Optional<QueueAttribute> of(String wireName) {
        return Arrays.stream(values()).filter(a -> a.wireName.equals(wireName)).findFirst();
    }

    /** The name in requests. */
    public String wireName() {
        return wireName;
    }

    /** What a queue has if its owner chose nothing; empty for nothing. */
    public String defaultValue() {
        return defaultValue;
    }

    /** Whether only FIFO queues have it. */
    public boolean isOfFifoQueues() {
        return compareTo(FIFO_QUEUE) >= 0;
    }

    /** Whether the value is allowed. */
    public boolean allows(String value) {
        return words.isEmpty() || (value.matches(words) && (max == 0
                || (min <= Integer.parseInt(value) && Integer.parseInt(value) <= max)));
    }
}
