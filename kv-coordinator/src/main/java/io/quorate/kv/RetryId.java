package io.quorate.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /**
     * The id of what these texts name together: who asks, what for, and the caller's own id. A
     * digest; the lengths that go into it keep ("ab", "c") apart from ("a", "bc").
     */
    public static RetryId digestOf(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).flip());
            digest.update(text);
        }
        return of(Arrays.copyOf(digest.digest(), LENGTH));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
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
