package io.quorate.sqs.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * A numeric attribute that the owner of a queue chooses. Source: CreateQueue, "Attributes". Byte
 * and second counts as SQS counts them.
 */
public enum QueueAttribute {
    DELAY_SECONDS("DelaySeconds", 0, 900, 0), MAXIMUM_MESSAGE_SIZE("MaximumMessageSize", 1_024,
            1_048_576, 1_048_576), MESSAGE_RETENTION_PERIOD("MessageRetentionPeriod", 60, 1_209_600,
                    345_600), RECEIVE_MESSAGE_WAIT_TIME_SECONDS("ReceiveMessageWaitTimeSeconds", 0,
                            20, 0), VISIBILITY_TIMEOUT("VisibilityTimeout", 0, 43_200, 30);

    private final String wireName;
    private final int min;
    private final int max;
    private final int defaultValue;

    QueueAttribute(String wireName, int min, int max, int defaultValue) {
        this.wireName = wireName;
        this.min = min;
        this.max = max;
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

    /** What a queue has if its owner chose nothing. */
    public int defaultValue() {
        return defaultValue;
    }

    /** Whether the value is allowed. */
    public boolean allows(int value) {
        return min <= value && value <= max;
    }
}
