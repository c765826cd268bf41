package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.keyspace.StreamKeyspace;
import io.quorate.dynamodb.model.StreamDefinition;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** How shards and records are called. Pure functions. */
public final class StreamNames {
    private static final long LARGEST = 9_999_999_999_999_999L;
    private static final String PREFIX = "1";
    private static final int DIGITS = 21;

    private StreamNames() {}

    /** The id of a shard. */
    static String shard(StreamDefinition stream, int position) {
        return String.format(Locale.ROOT, "shardId-%020d-%08x",
                stream.stream().createdAtMillis(), position);
    }

    /** The position of a shard of an id; empty if the stream has none such. */
    static Optional<Integer> position(StreamDefinition stream, String id) {
        return IntStream.range(0, StreamKeyspace.SHARDS).boxed()
                .filter(position -> shard(stream, position).equals(id)).findFirst();
    }

    /** A record's number as clients see it: texts of one length, so that their order is the numbers'. */
    public static String sequence(long number) {
        return PREFIX + String.format(Locale.ROOT, "%020d", number);
    }

    /** The number that clients see so. */
    static long number(String sequence) {
        boolean wellFormed = sequence.length() == DIGITS && sequence.startsWith(PREFIX)
                && sequence.chars().allMatch(c -> c >= '0' && c <= '9');
        long number = wellFormed
                && sequence.compareTo(sequence(LARGEST)) <= 0
                        ? Long.parseLong(sequence, 1, DIGITS, 10)
                        : 0;
        if (number < 1) {
            throw DynamoDbException.validation("Invalid SequenceNumber: " + sequence);
        }
        return number;
    }
}
