package io.quorate.dynamodb.model;

import java.util.Arrays;

/**
 * A cursor over encoded attributes or values. The caller reads in the order of the encoding: for an
 * attribute {@link #length} and that many bytes of name, then the value: {@link #type} and what that
 * type has. Not thread-safe.
 */
public final class ItemReader {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int tag;

    ItemReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Whether everything was read. */
    public boolean atEnd() {
        return at >= end;
    }

    /** The array read from, shared: callers must not change it. */
    public byte[] shared() {
        return bytes;
    }

    /** The index in {@link #shared} of what is read next. */
    public int position() {
        return at;
    }

    /** Passes over that many bytes. */
    public void skip(int length) {
        if (length < 0 || length > end - at) {
            throw new IllegalStateException("a length of " + length + " at " + at + " of " + end);
        }
        at += length;
    }

    /** Reads the length of the name, text, number, byte string or set member that follows. */
    public int length() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("an endless length before " + at);
    }

    /** Reads the type of the value that follows. */
    public AttributeType type() {
        tag = bytes[at++];
        return AttributeType.ofTag(tag);
    }

    /** The value of the boolean whose type was read last. */
    public boolean bool() {
        return tag == AttributeType.TRUE_TAG;
    }

    /** Reads the beginning of a list, map or set and returns a reader of its elements. */
    public ItemReader elements() {
        int length = containerLength();
        int start = at;
        skip(length);
        return new ItemReader(bytes, start, start + length);
    }

    /** Reads a copy of the bytes of a text, number, byte string or set member. */
    public byte[] copyBytes() {
        int length = length();
        int start = at;
        skip(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** Passes over one value. */
    public void skipValue() {
        switch (type()) {
            case S, N, B -> skip(length());
            case BOOL, NULL -> {
            }
            case SS, NS, BS, L, M -> skip(containerLength());
        }
    }

    private int containerLength() {
        int length = (bytes[at] & 0xFF) << 24 | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
        at += 4;
        return length;
    }
}
