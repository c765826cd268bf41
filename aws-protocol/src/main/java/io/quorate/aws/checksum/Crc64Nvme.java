package io.quorate.aws.checksum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * CRC-64/NVME (polynomial 0xAD93D23594C93659, reflected, all ones in and out), sixteen bytes at a
 * time by sixteen tables (32 KiB). Source: NVM Express NVM command set specification, "64b CRC".
 */
final class Crc64Nvme implements Checksum {
    private static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final int SLICES = 16;
    /** Table n begins at n * 256; one array, so that its bounds are constants in the loop. */
    private static final long[] TABLES = tables();

    private long crc = ~0L;

    @Override
    public void update(ByteBuffer bytes) {
        ByteOrder order = bytes.order();
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.position();
        int limit = bytes.limit();
        long c = crc;
        for (; at <= limit - SLICES; at += SLICES) {
            c = fold(c ^ bytes.getLong(at), 8 << 8) ^ fold(bytes.getLong(at + Long.BYTES), 0);
        }
        for (; at < limit; at++) {
            c = c >>> 8 ^ TABLES[(int) (c ^ bytes.get(at)) & 0xff];
        }
        bytes.order(order).position(limit);
        crc = c;
    }

    /** What eight bytes give; the tables for their distance to the block's end begin there. */
    private static long fold(long c, int first) {
        int low = (int) c;
        int high = (int) (c >>> 32);
        return TABLES[first + (7 << 8) + (low & 0xff)]
                ^ TABLES[first + (6 << 8) + (low >>> 8 & 0xff)]
                ^ TABLES[first + (5 << 8) + (low >>> 16 & 0xff)]
                ^ TABLES[first + (4 << 8) + (low >>> 24)]
                ^ TABLES[first + (3 << 8) + (high & 0xff)]
                ^ TABLES[first + (2 << 8) + (high >>> 8 & 0xff)]
                ^ TABLES[first + (1 << 8) + (high >>> 16 & 0xff)] ^ TABLES[first + (high >>> 24)];
    }

    @Override
    public byte[] digest() {
        return ByteBuffer.allocate(Long.BYTES).putLong(~crc).array();
    }

    private static long[] tables() {
        long[] tables = new long[SLICES * 256];
        for (int i = 0; i < 256; i++) {
            long c = i;
            for (int bit = 0; bit < 8; bit++) {
                c = (c & 1) == 0 ? c >>> 1 : c >>> 1 ^ REFLECTED_POLYNOMIAL;
            }
            tables[i] = c;
        }
        for (int i = 256; i < tables.length; i++) {
            long c = tables[i - 256];
            tables[i] = c >>> 8 ^ tables[(int) c & 0xff];
        }
        return tables;
    }
}
