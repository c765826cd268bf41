package io.quorate.aws.checksum;

import java.nio.ByteBuffer;

/** A 32-bit CRC of the JDK, whose loops are intrinsics. */
final class JdkCrc implements Checksum {
    private final java.util.zip.Checksum crc;

    JdkCrc(java.util.zip.Checksum crc) {
        this.crc = crc;
    }

    @Override
    public void update(ByteBuffer bytes) {
        crc.update(bytes);
    }

    @Override
    public byte[] digest() {
        return ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    }
}
