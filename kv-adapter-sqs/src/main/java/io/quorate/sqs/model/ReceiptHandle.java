package io.quorate.sqs.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Names one receive of one message, as clients hold it. Goes stale when the message is received
 * again.
 *
 * @param queue the queue's id
 * @param epoch the queue's epoch
 * @param place where the message stands
 * @param receiveCount which receive this was, from 1
 */
public record ReceiptHandle(UUID queue, int epoch, Place place, int receiveCount) {
    private static final byte VERSION = 2;
    private static final int FIXED = 1 + 16 + 4 + 8 + 4;
    /** The longest handle that SQS has; longer texts were not made here. */
    private static final int MAX_TEXT = 1_024;

    /** The opaque text. */
    public String encode() {
        byte[] lane = place.lane().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED + lane.length).put(VERSION);
        bytes.putLong(queue.getMostSignificantBits()).putLong(queue.getLeastSignificantBits());
        bytes.putInt(epoch).putLong(place.sequence()).putInt(receiveCount).put(lane);
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
        if (text.length() > MAX_TEXT || bytes.length < FIXED || bytes[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        UUID queue = new UUID(in.getLong(), in.getLong());
        int epoch = in.getInt();
        long sequence = in.getLong();
        int receiveCount = in.getInt();
        String lane = StandardCharsets.UTF_8.decode(in).toString();
        return Optional.of(
                new ReceiptHandle(queue, epoch, new Place(lane, sequence), receiveCount));
    }
}
