package io.quorate.benchmarks.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.benchmarks.aws.Payloads;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** A body of any length that repeats one mebibyte. Safe for any thread. */
final class LargeBody {
    /** What is repeated. */
    static final int PERIOD = 1 << 20;

    private final long length;
    /** The period twice, so that any window of one is in one piece. */
    private final ByteBuffer twice;

    /** A body of that many bytes, which differ from name to name. */
    LargeBody(String name, long length) {
        this.length = length;
        byte[] period = Payloads.bytesOf(name, PERIOD);
        this.twice = ByteBuffer.allocateDirect(2 * PERIOD).put(period).put(period).flip();
    }

    long length() {
        return length;
    }

    /** Bytes from an offset on: at most a period, and none after the end. */
    ByteBuffer from(long offset) {
        return twice.slice((int) (offset % PERIOD), (int) Math.min(PERIOD, length - offset));
    }

    /** Whether these are the bytes at the offset; reads nothing away. */
    boolean isAt(long offset, ByteBuffer bytes) {
        return offset + bytes.remaining() <= length && bytes.remaining() <= PERIOD
                && twice.slice((int) (offset % PERIOD), bytes.remaining()).equals(bytes);
    }

    /** Its CRC32C, as S3 writes it. */
    String crc32c() {
        CRC32C crc = new CRC32C();
        for (long offset = 0; offset < length; offset += PERIOD) {
            crc.update(from(offset));
        }
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return new String(Base64.getEncoder().encode(bytes), US_ASCII);
    }
}
