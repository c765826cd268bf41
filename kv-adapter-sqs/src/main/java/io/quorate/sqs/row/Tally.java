package io.quorate.sqs.row;

import io.quorate.kv.Mutation;
import io.quorate.kv.Value;

/**
 * How many messages a queue has and how many of them are in flight, in one number that transactions
 * add to: nearly every call changes one of them, and each row changed is a version more to keep. The
 * number is {@code inFlight * 2^40 + messages}; what is in flight is bounded by the engine, far below
 * 2^23.
 *
 * @param messages all that are there, hidden ones too
 * @param inFlight those that somebody has received
 */
public record Tally(long messages, long inFlight) {
    private static final int MESSAGE_BITS = 40;
    private static final long MESSAGE_MASK = (1L << MESSAGE_BITS) - 1;

    /** What the counter's row holds. */
    public static Tally of(Value row) {
        long number = Mutation.Add.numberIn(row);
        return new Tally(number & MESSAGE_MASK, number >> MESSAGE_BITS);
    }

    /** What a queue without that row has. */
    public static Tally nothing() {
        return new Tally(0, 0);
    }

    /** What to add to the counter for a change by so many, up or down. */
    public long asChange() {
        return (inFlight << MESSAGE_BITS) + messages;
    }

    /** Both changes. */
    public Tally plus(long moreMessages, long moreInFlight) {
        return new Tally(messages + moreMessages, inFlight + moreInFlight);
    }
}
