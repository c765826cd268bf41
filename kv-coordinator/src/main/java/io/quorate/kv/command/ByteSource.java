package io.quorate.kv.command;

import java.util.Arrays;

/** Reads what {@link ByteSink} wrote; every length is checked against what is left. Not thread-safe. */
final class ByteSource {
    private final byte[] bytes;
    private final int end;
    private int position;

    ByteSource(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    int getByte() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    int getShort() {
        return getByte() << 8 | getByte();
    }

    int getInt() {
        require(Integer.BYTES);
        int value = (int) ByteSink.INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    long getLong() {
        require(Long.BYTES);
        long value = (long) ByteSink.LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    int getVarint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = getByte();
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new MalformedEntryException("a varint of more than five bytes");
    }

    /** A count or length between 0 and the given bound. */
    int getVarint(int most) {
        int value = getVarint();
        if (value < 0 || value > most) {
            throw new MalformedEntryException("a length of " + value + ", most is " + most);
        }
        return value;
    }

    byte[] getBytes(int most) {
        return getRaw(getVarint(most));
    }

    byte[] getRaw(int length) {
        require(length);
        byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return copy;
    }

    /** A view of the next bytes, which are thereby read. */
    ByteSource slice(int length) {
        require(length);
        ByteSource slice = new ByteSource(bytes, position, position + length);
        position += length;
        return slice;
    }

    int remaining() {
        return end - position;
    }

    void requireEnd() {
        if (position != end) {
            throw new MalformedEntryException(end - position + " bytes too many");
        }
    }

    private void require(int length) {
        if (length > end - position) {
            throw new MalformedEntryException(
                    length + " bytes expected, " + (end - position) + " are left");
        }
    }
}
