package io.quorate.kv;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names one request of one caller, so that a repeated attempt is answered with what the first one
 * answered instead of being applied again. 16 bytes: a digest of principal, operation and the
 * caller's own id.
 */
public final class RetryId {
    /** Length in bytes. */
    public static final int LENGTH = 16;

    private final byte[] bytes;

    private RetryId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Makes an id of exactly {@link #LENGTH} bytes, whose ownership passes to it. */
    public static RetryId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a retry id has 16 bytes, not " + bytes.length);
        }
        return new RetryId(bytes);
    }

    /** The bytes themselves, shared: callers must not change them. */
    public byte[] shared() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RetryId id && Arrays.equals(bytes, id.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
