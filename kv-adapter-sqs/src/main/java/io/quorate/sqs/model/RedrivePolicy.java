package io.quorate.sqs.model;

/**
 * Where messages go that were received too often. Source: "RedrivePolicy".
 *
 * @param target the dead-letter queue
 * @param targetArn its ARN as given
 * @param maxReceiveCount how often a message may be received, 1 to {@value #MAX_COUNT}
 */
public record RedrivePolicy(QueueName target, String targetArn, int maxReceiveCount) {
    /** Greatest {@code maxReceiveCount}. */
    public static final int MAX_COUNT = 1_000;
}
