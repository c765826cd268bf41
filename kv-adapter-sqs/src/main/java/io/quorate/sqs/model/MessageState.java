package io.quorate.sqs.model;

/**
 * What changes of a message while it is in a queue. Times in group time, milliseconds.
 *
 * @param sentMillis when it was sent
 * @param visibleAtMillis when it can be received; 0 if it always could
 * @param receiveCount how often it was received
 * @param firstReceivedMillis when first; 0 if never
 */
public record MessageState(long sentMillis, long visibleAtMillis, int receiveCount,
        long firstReceivedMillis) {
    /** Whether it can be received. */
    public boolean isVisible(long nowMillis) {
        return visibleAtMillis <= nowMillis;
    }

    /** Whether somebody has it. */
    public boolean isInFlight(long nowMillis) {
        return receiveCount > 0 && !isVisible(nowMillis);
    }

    /** After one more receive. */
    public MessageState received(long nowMillis, long visibleAgainMillis) {
        return new MessageState(sentMillis, visibleAgainMillis, receiveCount + 1,
                receiveCount == 0 ? nowMillis : firstReceivedMillis);
    }

    /** Visible from another time on. */
    public MessageState visibleAt(long millis) {
        return new MessageState(sentMillis, millis, receiveCount, firstReceivedMillis);
    }
}
