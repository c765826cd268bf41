package io.quorate.kv.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing byte array with the primitive forms of {@link EntryCodec}. Not thread-safe. */
final class ByteSink {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.BIG_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class,
            ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int length;

    ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    void putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void putShort(int value) {
        putByte(value >>> 8);
        putByte(value);
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** Seven bits a byte, low ones first, the top bit set on all but the last. */
    void putVarint(int value) {
        reserve(5);
        length = writeVarint(bytes, length, value);
    }

    void putBytes(byte[] source) {
        putVarint(source.length);
        putRaw(source);
    }

    void putRaw(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    int length() {
        return length;
    }

    byte[] toByteArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    static int writeVarint(byte[] target, int offset, int value) {
        int rest = value;
        int position = offset;
        while ((rest & ~0x7F) != 0) {
            target[position++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        target[position++] = (byte) rest;
        return position;
    }

    static int varintLength(int value) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
