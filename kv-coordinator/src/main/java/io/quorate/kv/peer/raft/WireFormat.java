package io.quorate.kv.peer.raft;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What is needed of the protobuf encoding (protobuf.dev/programming-guides/encoding), over a stream of known length. */
final class WireFormat {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int FIXED32 = 5;
    /** No more fields: no tag has this value. */
    static final int END = 0;
    private static final int WIRE_TYPE_MASK = 7;
    private static final int VARINT_BITS_MAX = 64;

    private final InputStream in;
    /** Bytes left before the end of what is being read. */
    private int left;

    WireFormat(InputStream in) throws IOException {
        this.in = in;
        this.left = in.available();
    }

    /** The next field's tag, or {@link #END}. */
    int readTag() throws IOException {
        return left == 0 ? END : (int) readVarint();
    }

    long readVarint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS_MAX; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("varint too long");
    }

    private int readByte() throws IOException {
        int next = left > 0 ? in.read() : -1;
        if (next < 0) {
            throw new EOFException("frame ends inside a field");
        }
        left--;
        return next;
    }

    /** A length that lies within what is left, so that nobody makes us allocate more than was sent. */
    int readLength() throws IOException {
        long length = readVarint();
        if (length < 0 || length > left) {
            throw new EOFException("length " + length + " with " + left + " bytes left");
        }
        return (int) length;
    }

    byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        if (in.readNBytes(bytes, 0, length) != length) {
            throw new EOFException("frame ends inside a field");
        }
        left -= length;
        return bytes;
    }

    /** Reads only the next so many bytes until {@link #restore}; returns what is left after them. */
    int limit(int length) {
        int after = left - length;
        left = length;
        return after;
    }

    void restore(int after) {
        left = after;
    }

    void skip(int tag) throws IOException {
        int length = switch (tag & WIRE_TYPE_MASK) {
            case VARINT -> {
                readVarint();
                yield 0;
            }
            case FIXED64 -> Long.BYTES;
            case FIXED32 -> Integer.BYTES;
            case LENGTH_DELIMITED -> readLength();
            default -> throw new IOException("field of unknown wire type, tag " + tag);
        };
        if (length > left) {
            throw new EOFException("frame ends inside a field");
        }
        in.skipNBytes(length);
        left -= length;
    }

    static int varintLength(int value) {
        return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
    }

    static void writeVarint(OutputStream out, int value) throws IOException {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
