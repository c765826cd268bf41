package io.quorate.kv.peer;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** Uuids on the wire: 16 bytes, or none. */
public final class Uuids {
    private static final int BYTES = 16;

    private Uuids() {}

    /** A uuid's bytes. */
    public static ByteString encode(UUID uuid) {
        return ByteString.copyFrom(ByteBuffer.allocate(BYTES).putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits()).flip());
    }

    /** A uuid's bytes, or none. */
    public static ByteString encode(Optional<UUID> uuid) {
        return uuid.map(Uuids::encode).orElse(ByteString.EMPTY);
    }

    /**
     * The uuid in these bytes, if there are any.
     *
     * @throws IllegalArgumentException if they are no uuid
     */
    public static Optional<UUID> decode(ByteString bytes) {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        if (bytes.size() != BYTES) {
            throw new IllegalArgumentException("a uuid has 16 bytes, not " + bytes.size());
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
    }
}
