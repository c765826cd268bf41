package io.quorate.dynamodb.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes one encoded {@link Item}, value by value, and counts its size as DynamoDB does: names and
 * texts in UTF-8 bytes, numbers by {@link Decimal#sizeBytes}, one byte for a boolean or null, three
 * for a list or map and one for each of its elements.
 *
 * <p>The caller writes each attribute as name, then value; nothing checks the order. Not
 * thread-safe; the buffer is bounded by the request it is filled from.
 */
public final class ItemWriter {
    private static final int CONTAINER_OVERHEAD = 3;
    private static final int ELEMENT_OVERHEAD = 1;
    private static final int LENGTH_BYTES = 4;

    private byte[] buffer;
    private int at = Item.HEADER_LENGTH;
    private long size;

    /** Begins an item that will have about this many bytes. */
    public ItemWriter(int expectedBytes) {
        buffer = new byte[Math.max(64, expectedBytes)];
    }

    /** The size so far, in DynamoDB's count. */
    public long sizeBytes() {
        return size;
    }

    /** Begins an attribute of the item. */
    public void attribute(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        size += utf8.length;
        bytes(utf8, 0, utf8.length);
    }

    /** Begins an entry of the map being written. */
    public void entry(String name) {
        size += ELEMENT_OVERHEAD;
        attribute(name);
    }

    /** Begins an element of the list being written. */
    public void element() {
        size += ELEMENT_OVERHEAD;
    }

    /**
     * Writes a text.
     *
     * @param utf8Length what {@link Utf8#length} said of it; never {@link Utf8#MALFORMED}
     */
    public void string(char[] text, int offset, int count, int utf8Length) {
        tag(AttributeType.S.tag());
        varint(utf8Length);
        reserve(utf8Length);
        at = Utf8.encode(text, offset, count, buffer, at);
        size += utf8Length;
    }

    /** Writes a text, number or byte string that is encoded already. */
    public void scalar(AttributeType type, byte[] encoded) {
        tag(type.tag());
        bytes(encoded, 0, encoded.length);
        size += type == AttributeType.N
                ? Decimal.decode(encoded, 0, encoded.length).sizeBytes()
                : encoded.length;
    }

    /** Writes a number. */
    public void number(Decimal number) {
        tag(AttributeType.N.tag());
        varint(number.encodedLength());
        reserve(Decimal.MAX_ENCODED_LENGTH);
        at = number.encode(buffer, at);
        size += number.sizeBytes();
    }

    /** Writes a byte string. */
    public void binary(byte[] value) {
        tag(AttributeType.B.tag());
        bytes(value, 0, value.length);
        size += value.length;
    }

    /** Writes a boolean. */
    public void bool(boolean value) {
        tag(value ? AttributeType.TRUE_TAG : AttributeType.BOOL.tag());
        size++;
    }

    /** Writes a null. */
    public void nothing() {
        tag(AttributeType.NULL.tag());
        size++;
    }

    /**
     * Writes a set.
     *
     * @param type SS, NS or BS
     * @param members their encoded forms, sorted and without duplicates: equal sets are equal bytes
     * @param membersSize what the members count towards the item's size
     */
    public void set(AttributeType type, List<byte[]> members, long membersSize) {
        tag(type.tag());
        int start = beginLength();
        for (byte[] member : members) {
            bytes(member, 0, member.length);
        }
        endLength(start);
        size += membersSize;
    }

    /** Begins a list or a map; pass what it returns to {@link #end}. */
    public int begin(AttributeType type) {
        tag(type.tag());
        size += CONTAINER_OVERHEAD;
        return beginLength();
    }

    /** Ends the list or map that {@link #begin} began. */
    public void end(int mark) {
        endLength(mark);
    }

    /** The finished item. The writer must not be used again. */
    public Item toItem() {
        Item.writeHeader(buffer, size);
        return Item.of(Arrays.copyOf(buffer, at));
    }

    private int beginLength() {
        reserve(LENGTH_BYTES);
        int mark = at;
        at += LENGTH_BYTES;
        return mark;
    }

    private void endLength(int mark) {
        int length = at - mark - LENGTH_BYTES;
        buffer[mark] = (byte) (length >>> 24);
        buffer[mark + 1] = (byte) (length >>> 16);
        buffer[mark + 2] = (byte) (length >>> 8);
        buffer[mark + 3] = (byte) length;
    }

    private void tag(int tag) {
        reserve(1);
        buffer[at++] = (byte) tag;
    }

    private void bytes(byte[] value, int offset, int length) {
        varint(length);
        reserve(length);
        System.arraycopy(value, offset, buffer, at, length);
        at += length;
    }

    private void varint(int value) {
        reserve(5);
        int rest = value;
        while (rest >= 0x80) {
            buffer[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte) rest;
    }

    private void reserve(int more) {
        if (buffer.length - at < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, at + more));
        }
    }
}
