package io.quorate.kv.row;

import io.quorate.kv.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Writes a row or a leader call: its version as a byte, then big-endian fields. Not thread-safe. */
public final class RowWriter {
    private static final int INITIAL_BYTES = 256;

    private ByteBuffer out = ByteBuffer.allocate(INITIAL_BYTES);

    /**
     * Begins a row.
     *
     * @param version the version of its form, 1 to 127
     */
    public RowWriter(int version) {
        octet(version);
    }

    /** A boolean, as one byte. */
    public RowWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /** A number from -128 to 127, as one byte. */
    public RowWriter octet(int value) {
        room(1).put((byte) value);
        return this;
    }

    /** A number in big-endian order. */
    public RowWriter number(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    /** A number in big-endian order. */
    public RowWriter number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /** A UUID, as 16 bytes. */
    public RowWriter id(UUID value) {
        return number(value.getMostSignificantBits()).number(value.getLeastSignificantBits());
    }

    /** Bytes, after their length in four. */
    public RowWriter bytes(byte[] value) {
        number(value.length);
        room(value.length).put(value);
        return this;
    }

    /** Text in UTF-8, after its length in four bytes. */
    public RowWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Text that may be absent: a flag before it says. */
    public RowWriter text(Optional<String> value) {
        flag(value.isPresent());
        value.ifPresent(this::text);
        return this;
    }

    /** What was written. */
    public Value toValue() {
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
