package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A place in a shard, as clients keep it. It grants nothing: whoever reads with it needs the
 * permission to.
 *
 * @param stream of which stream
 * @param shard the shard's position
 * @param next the number of the first record to read
 * @param madeAtMillis when it was made; it can be used for a quarter of an hour
 */
public record ShardIterator(StreamRequest.StreamName stream, int shard, long next,
        long madeAtMillis) {
    private static final String VERSION = "1";
    private static final int PARTS = 6;
    private static final int MAX_LENGTH = 2048;

    /** As the client gets it. */
    public String encode() {
        String text = String.join("|", List.of(VERSION, stream.table(), stream.label(),
                String.valueOf(shard), String.valueOf(next), String.valueOf(madeAtMillis)));
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As the client gave it. */
    public static ShardIterator decode(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text),
                    StandardCharsets.UTF_8).split("\\|", -1);
            if (parts.length != PARTS || !parts[0].equals(VERSION)) {
                throw invalid();
            }
            return new ShardIterator(new StreamRequest.StreamName(parts[1], parts[2]),
                    Integer.parseInt(parts[3]), Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]));
        } catch (IllegalArgumentException malformed) {
            throw invalid();
        }
    }

    private static DynamoDbException invalid() {
        return DynamoDbException.validation("Invalid ShardIterator");
    }
}
