package io.quorate.kv.row;

import io.quorate.kv.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what {@link RowWriter} wrote, field by field. Anything else is a broken invariant and throws
 * {@link IllegalStateException} or {@link java.nio.BufferUnderflowException}. Not thread-safe.
 */
public final class RowReader {
    private final ByteBuffer in;

    /**
     * Begins to read a row of one version.
     *
     * @throws IllegalStateException if it is of another
     */
    public RowReader(Value value, int expectedVersion) {
        this.in = ByteBuffer.wrap(value.shared());
        byte version = in.get();
        if (version != expectedVersion) {
            throw new IllegalStateException("a row of version " + version);
        }
    }

    /** Whether another field follows: one that was added later is absent from what was written before. */
    public boolean hasMore() {
        return in.hasRemaining();
    }

    /** A boolean. */
    public boolean flag() {
        return in.get() != 0;
    }

    /** A number of one byte. */
    public int octet() {
        return in.get();
    }

    /** A number of four bytes. */
    public int number() {
        return in.getInt();
    }

    /** A number of eight bytes. */
    public long longNumber() {
        return in.getLong();
    }

    /** A UUID. */
    public UUID id() {
        return new UUID(in.getLong(), in.getLong());
    }

    /** Bytes with their length; a copy. */
    public byte[] bytes() {
        byte[] bytes = new byte[checkedLength(in.getInt())];
        in.get(bytes);
        return bytes;
    }

    private int checkedLength(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalStateException("a field of " + length + " bytes");
        }
        return length;
    }

    /** Text. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Text that may be absent. */
    public Optional<String> optionalText() {
        return flag() ? Optional.of(text()) : Optional.empty();
    }
}
