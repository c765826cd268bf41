package io.quorate.sqs.model;

import java.util.Optional;

/**
 * A move of messages out of a dead-letter queue.
 *
 * @param plan what it shall do
 * @param status how it stands
 * @param moved messages moved until now
 * @param failure why it failed, if it did
 */
public record MoveTask(Plan plan, Status status, long moved, Optional<String> failure) {
    /** How a task stands. */
    public enum Status {
        RUNNING, COMPLETED, CANCELLING, CANCELLED, FAILED;

        /** Whether it is over. */
        public boolean isOver() {
            return this != RUNNING && this != CANCELLING;
        }
    }

    /**
     * What a task shall do.
     *
     * @param source the dead-letter queue
     * @param sourceArn its ARN
     * @param destination where to; empty for where each message came from
     * @param destinationArn its ARN
     * @param perSecond how many a second; empty for as many as possible
     * @param start when it began, and with what
     */
    public record Plan(QueueName source, String sourceArn, Optional<QueueName> destination,
            Optional<String> destinationArn, Optional<Integer> perSecond, Start start) {}

    /**
     * A task's beginning.
     *
     * @param millis when
     * @param id its id
     * @param messages how many there were
     */
    public record Start(long millis, String id, long messages) {}

    /** The same, with more messages moved. */
    public MoveTask moved(long more) {
        return new MoveTask(plan, status, moved + more, failure);
    }

    /** The same, as it stands now. */
    public MoveTask with(Status now) {
        return new MoveTask(plan, now, moved, failure);
    }

    /** The same, failed. */
    public MoveTask failed(String why) {
        return new MoveTask(plan, Status.FAILED, moved, Optional.of(why));
    }
}
