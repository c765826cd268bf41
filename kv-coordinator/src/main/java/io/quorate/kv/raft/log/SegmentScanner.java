package io.quorate.kv.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Walks the records of one segment in order through a window of the file. For one thread. */
final class SegmentScanner {

    private final LogFile file;
    private final SegmentHeader segment;
    private final long limit;
    private final ByteBuffer window;
    private final RecordHeader.Seal seal = new RecordHeader.Seal();
    private final CRC32C crc = new CRC32C();
    private long windowStart;
    private long at;
    private RecordHeader header = new RecordHeader(0, 0, 0, 0, 0, 0, 0);

    /**
     * @param window memory to read through, at least a record header large
     * @param from   offset of a record
     * @param limit  offset that no record may reach beyond
     */
    SegmentScanner(LogFile file, SegmentHeader segment, ByteBuffer window, long from, long limit) {
        this.file = file;
        this.segment = segment;
        this.window = window.clear().limit(0);
        this.at = from;
        this.limit = limit;
    }

    /** Where the record stands that the last {@link #atRecord} looked at. */
    long offset() {
        return at;
    }

    RecordHeader header() {
        return header;
    }

    /** Whether a valid record header stands at the current offset and its payload ends within the limit. */
    boolean atRecord() throws IOException {
        if (at + RecordHeader.BYTES > limit || !load(at, RecordHeader.BYTES)
                || !seal.holds(window, (int) (at - windowStart), segment.salt(), position())) {
            return false;
        }
        header = RecordHeader.decode(window, (int) (at - windowStart));
        return header.payloadLength() >= 0 && at + header.recordBytes() <= limit;
    }

    long position() {
        return Position.of(segment.sequence(), at);
    }

    void skipRecord() {
        at += header.recordBytes();
    }

    void moveTo(long offset) {
        at = offset;
    }

    /** The payload if it is what was written, else null. Valid until the scanner moves. */
    @Nullable
    ByteBuffer payload() throws IOException {
        int padded = RecordHeader.padded(header.payloadLength());
        ByteBuffer payload;
        if (RecordHeader.BYTES + padded <= window.capacity()) {
            if (!load(at, RecordHeader.BYTES + padded)) {
                return null;
            }
            payload = window.slice((int) (at - windowStart) + RecordHeader.BYTES, padded);
        } else {
            payload = ByteBuffer.allocate(padded);
            file.readFully(payload, at + RecordHeader.BYTES);
            if (payload.hasRemaining()) {
                return null;
            }
            payload.flip();
        }
        crc.reset();
        crc.update(payload);
        payload.rewind();
        return (int) crc.getValue() == header.payloadCrc()
                ? payload.limit(header.payloadLength())
                : null;
    }

    /**
     * Looks behind damage for a header that is still whole: moves on, step by step, to the next place where one stands.
     */
    boolean seekHeader() throws IOException {
        for (at += RecordHeader.ALIGNMENT; at
                + RecordHeader.BYTES <= limit; at += RecordHeader.ALIGNMENT) {
            if (!load(at, RecordHeader.BYTES)) {
                return false;
            }
            int place = (int) (at - windowStart);
            if (seal.holds(window, place, segment.salt(), position())) {
                header = RecordHeader.decode(window, place);
                return true;
            }
        }
        return false;
    }

    private boolean load(long offset, int bytes) throws IOException {
        if (offset < windowStart || offset + bytes > windowStart + window.limit()) {
            window.clear().limit((int) Math.min(window.capacity(), Math.max(0, limit - offset)));
            windowStart = offset;
            file.readFully(window, offset);
            window.flip();
        }
        return offset + bytes <= windowStart + window.limit();
    }
}
