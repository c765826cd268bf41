package io.quorate.sqs.model;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Names one receive of one message, as clients hold it. Goes stale when the message is received
 * again, because its place in the queue is part of it.
 *
 * @param queue the queue's id
 * @param message the message's id
 * @param visibleAtMillis when the message becomes visible again, in group time
 * @param receiveCount which receive this was, from 1
 */
public record ReceiptHandle(UUID queue, UUID message, long visibleAtMillis, int receiveCount) {
    private static final byte VERSION = 1;
    private static final int LENGTH = 1 + 16 + 16 + 8 + 4;

    /** The opaque text. */
    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).put(VERSION);
        bytes.putLong(queue.getMostSignificantBits()).putLong(queue.getLeastSignificantBits());
        bytes.putLong(message.getMostSignificantBits())
                .putLong(message.getLeastSignificantBits());
        bytes.putLong(visibleAtMillis).putInt(receiveCount);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Reads an opaque text; empty if this server never made it. */
    public static Optional<ReceiptHandle> decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (bytes.length != LENGTH || bytes[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        return Optional.of(new ReceiptHandle(new UUID(in.getLong(), in.getLong()),
                new UUID(in.getLong(), in.getLong()), in.getLong(), in.getInt()));
    }
}
