package io.quorate.aws.checksum;

import java.nio.ByteBuffer;

/** A checksum that is computed as the bytes come. Not thread-safe; one use. */
public interface Checksum {
    /** Adds the buffer's remaining bytes; its position moves to its limit. */
    void update(ByteBuffer bytes);

    /** The value, big-endian as S3 shows it. Ends the computation. */
    byte[] digest();
}
