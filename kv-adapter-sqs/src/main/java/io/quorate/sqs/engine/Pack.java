package io.quorate.sqs.engine;

import io.quorate.kv.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Writes stored rows and leader calls: a version byte, then big-endian fields. Not thread-safe. */
final class Pack {
    /** The version of every form of this package. */
    static final byte VERSION = 1;
    private static final int INITIAL_BYTES = 256;

    private ByteBuffer out = ByteBuffer.allocate(INITIAL_BYTES).put(VERSION);

    Pack flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    Pack octet(int value) {
        room(1).put((byte) value);
        return this;
    }

    Pack number(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    Pack number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    Pack id(UUID value) {
        return number(value.getMostSignificantBits()).number(value.getLeastSignificantBits());
    }

    Pack bytes(byte[] value) {
        number(value.length);
        room(value.length).put(value);
        return this;
    }

    Pack text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    Pack text(Optional<String> value) {
        flag(value.isPresent());
        value.ifPresent(this::text);
        return this;
    }

    Value toValue() {
        return Value.of(Arrays.copyOf(out.array(), out.position()));
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int capacity = Math.max(out.capacity() * 2, out.position() + bytes);
            out = ByteBuffer.allocate(capacity).put(out.flip());
        }
        return out;
    }
}
