package io.quorate.kv.raft.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Encoded records that wait for their place in the log. Filled by its owner, sealed and emptied by the thread that
 * leads the batch while the owner is parked.
 */
final class RecordBuffer {

    private static final int INITIAL_BYTES = 16 << 10;
    private static final byte[] PADDING = new byte[8];

    private final int keptBytesMax;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(INITIAL_BYTES);

    /** @param keptBytesMax a buffer that grew above this is given back once it is empty */
    RecordBuffer(int keptBytesMax) {
        this.keptBytesMax = Math.max(keptBytesMax, INITIAL_BYTES);
    }

    int bytes() {
        return buffer.position();
    }

    boolean isEmpty() {
        return buffer.position() == 0;
    }

    void add(RecordType type, int group, long index, long term, byte[] payload) {
        int at = reserve(RecordHeader.recordBytes(payload.length));
        int padding = RecordHeader.padded(payload.length) - payload.length;
        buffer.put(at + RecordHeader.BYTES, payload);
        buffer.put(at + RecordHeader.BYTES + payload.length, PADDING, 0, padding);
        crc.reset();
        crc.update(payload);
        crc.update(PADDING, 0, padding);
        new RecordHeader((int) crc.getValue(), payload.length, type.code, group, index, term, 0)
                .encode(buffer, at);
    }

    private int reserve(int bytes) {
        int at = buffer.position();
        if (buffer.remaining() < bytes) {
            int wanted = Math.max(Math.addExact(at, bytes),
                    Math.min(buffer.capacity() * 2, keptBytesMax));
            buffer = ByteBuffer.allocateDirect(wanted).put(buffer.flip());
        }
        buffer.position(at + bytes);
        return at;
    }

    /** Gives every record its place, its durable claim and its checksum, and shows it to {@code sink}. */
    void seal(RecordHeader.Seal seal, long salt, long position, long durable, RecordSink sink) {
        int end = buffer.position();
        int at = 0;
        while (at < end) {
            seal.apply(buffer, at, salt, position + at, durable);
            RecordHeader header = RecordHeader.decode(buffer, at);
            sink.accept(header, buffer.slice(at + RecordHeader.BYTES, header.payloadLength()),
                    position + at);
            at += header.recordBytes();
        }
    }

    /** The encoded records, ready to be written. */
    ByteBuffer contents() {
        return buffer.duplicate().flip();
    }

    void clear() {
        buffer.clear();
        if (buffer.capacity() > keptBytesMax) {
            buffer = ByteBuffer.allocateDirect(INITIAL_BYTES);
        }
    }
}
