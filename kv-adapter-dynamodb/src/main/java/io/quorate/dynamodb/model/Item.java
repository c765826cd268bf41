package io.quorate.dynamodb.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * An item in its stored form: a version byte, its size in DynamoDB's count (three bytes), then
 * {@code name value} for each attribute. A value is a tag and a payload; lists, maps and sets carry
 * their length, so a reader skips them without looking inside. The form is on disk and on the wire
 * between nodes; a change needs a new version byte.
 *
 * <p>Immutable; the array given to {@link #of} belongs to the item from then on.
 */
public final class Item {
    /** Largest item, in DynamoDB's count. */
    public static final int MAX_SIZE_BYTES = 400 * 1024;
    /** Deepest nesting, the attribute itself being level 1. */
    public static final int MAX_DEPTH = 32;
    /** Longest attribute name in UTF-8 bytes. */
    public static final int MAX_NAME_BYTES = 65_535;

    static final int HEADER_LENGTH = 4;
    private static final byte VERSION = 1;
    private static final int MAX_RECORDED_SIZE = 0xFF_FFFF;

    private final byte[] bytes;

    private Item(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Wraps the stored form.
     *
     * @throws IllegalStateException if it was written by a version this one does not know
     */
    public static Item of(byte[] bytes) {
        if (bytes.length < HEADER_LENGTH || bytes[0] != VERSION) {
            throw new IllegalStateException("not an item of version " + VERSION);
        }
        return new Item(bytes);
    }

    static void writeHeader(byte[] buffer, long sizeBytes) {
        // Sizes beyond the limit are refused before they are stored; they only must not wrap.
        int recorded = (int) Math.min(sizeBytes, MAX_RECORDED_SIZE);
        buffer[0] = VERSION;
        buffer[1] = (byte) (recorded >>> 16);
        buffer[2] = (byte) (recorded >>> 8);
        buffer[3] = (byte) recorded;
    }

    /** The item's size in DynamoDB's count, which decides limits and capacity. */
    public int sizeBytes() {
        return (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
    }

    /** The stored form itself, shared: callers must not change it. */
    public byte[] shared() {
        return bytes;
    }

    /** A reader over the item's attributes. */
    public ItemReader reader() {
        return new ItemReader(bytes, HEADER_LENGTH, bytes.length);
    }

    /** Where an attribute's value begins; empty if the item has no such attribute. */
    public Optional<ItemReader> find(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        ItemReader reader = reader();
        while (!reader.atEnd()) {
            int length = reader.length();
            int start = reader.position();
            reader.skip(length);
            if (Arrays.equals(bytes, start, start + length, wanted, 0, wanted.length)) {
                return Optional.of(reader);
            }
            reader.skipValue();
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Item item && Arrays.equals(bytes, item.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Item[" + sizeBytes() + " bytes]";
    }
}
