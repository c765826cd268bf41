package io.quorate.kv;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Immutable bytes: what is stored under a {@link Key}, and what leader handlers receive and answer.
 * The array given to {@link #of} belongs to the value from then on.
 */
public final class Value {
    /** Longest value accepted, in bytes: an inline object body of 128 KiB or a 1 MiB message fits. */
    public static final int MAX_LENGTH = 2 * 1024 * 1024;

    private static final Value EMPTY = new Value(new byte[0]);

    private final byte[] bytes;

    private Value(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps the array, whose ownership passes to the value. */
    public static Value of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Value(bytes);
    }

    /** The value of no bytes. */
    public static Value empty() {
        return EMPTY;
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The bytes themselves, shared: callers must not change them. */
    public byte[] shared() {
        return bytes;
    }

    /** A read-only view of the bytes. */
    public ByteBuffer asReadOnlyBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Value[" + bytes.length + " bytes]";
    }
}
