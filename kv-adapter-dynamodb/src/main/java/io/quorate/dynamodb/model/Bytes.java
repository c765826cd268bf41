package io.quorate.dynamodb.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A byte string in unsigned lexicographic order, which is the order DynamoDB sorts texts (as UTF-8),
 * binary values and, in their encoded form, numbers by. Immutable; the array given to {@link #of}
 * belongs to it from then on.
 */
public final class Bytes implements Comparable<Bytes> {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps an array, whose ownership passes. */
    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes);
    }

    /** The UTF-8 form of a text. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves, shared: callers must not change them. */
    public byte[] shared() {
        return bytes;
    }

    /** How many there are. */
    public int length() {
        return bytes.length;
    }

    /** The text whose UTF-8 form this is. */
    public String toText() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether these begin with others. */
    public boolean startsWith(Bytes prefix) {
        int length = prefix.bytes.length;
        return bytes.length >= length
                && Arrays.equals(bytes, 0, length, prefix.bytes, 0, length);
    }

    /** Whether others lie somewhere within these. */
    public boolean contains(Bytes part) {
        int length = part.bytes.length;
        for (int at = 0; at + length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + length, part.bytes, 0, length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
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
