package io.quorate.kv.raft.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The 48 bytes in front of every payload; layout in the package's description. {@code type} is the code on disk. */
record RecordHeader(int payloadCrc, int payloadLength, int type, int group, long index, long term,
        long durable) {

    static final int BYTES = 48;
    /** Every record begins at a multiple of this. */
    static final int ALIGNMENT = 8;
    static final int MAGIC = 0x51_52_45_43;

    private static final int CRC_AT = 0;
    private static final int PAYLOAD_CRC_AT = 4;
    private static final int LENGTH_AT = 8;
    private static final int TYPE_AT = 12;
    private static final int GROUP_AT = 16;
    private static final int MAGIC_AT = 20;
    private static final int INDEX_AT = 24;
    private static final int TERM_AT = 32;
    private static final int DURABLE_AT = 40;

    /** Payload and padding. */
    static int padded(int payloadLength) {
        return (payloadLength + ALIGNMENT - 1) & -ALIGNMENT;
    }

    static int recordBytes(int payloadLength) {
        return BYTES + padded(payloadLength);
    }

    int recordBytes() {
        return recordBytes(payloadLength);
    }

    RecordHeader withType(RecordType newType) {
        return new RecordHeader(payloadCrc, payloadLength, newType.code, group, index, term,
                durable);
    }

    /** Writes all but the header's checksum, which {@link Seal} adds when the record's place is known. */
    void encode(ByteBuffer target, int at) {
        target.putInt(at + PAYLOAD_CRC_AT, payloadCrc).putInt(at + LENGTH_AT, payloadLength)
                .putInt(at + TYPE_AT, type)
                .putInt(at + GROUP_AT, group).putInt(at + MAGIC_AT, MAGIC)
                .putLong(at + INDEX_AT, index)
                .putLong(at + TERM_AT, term).putLong(at + DURABLE_AT, durable);
    }

    static RecordHeader decode(ByteBuffer source, int at) {
        return new RecordHeader(source.getInt(at + PAYLOAD_CRC_AT), source.getInt(at + LENGTH_AT),
                source.getInt(at + TYPE_AT), source.getInt(at + GROUP_AT),
                source.getLong(at + INDEX_AT),
                source.getLong(at + TERM_AT), source.getLong(at + DURABLE_AT));
    }

    static boolean hasMagic(ByteBuffer source, int at) {
        return source.getInt(at + MAGIC_AT) == MAGIC;
    }

    /** Computes and checks header checksums of one segment. For one thread at a time. */
    static final class Seal {

        private final CRC32C crc = new CRC32C();
        private final ByteBuffer scratch = ByteBuffer.allocate(16 + BYTES - PAYLOAD_CRC_AT);

        /** Puts the durable position and the checksum into the header at {@code at}. */
        void apply(ByteBuffer buffer, int at, long salt, long position, long durable) {
            buffer.putLong(at + DURABLE_AT, durable);
            buffer.putInt(at + CRC_AT, checksum(buffer, at, salt, position));
        }

        boolean holds(ByteBuffer buffer, int at, long salt, long position) {
            return hasMagic(buffer, at)
                    && buffer.getInt(at + CRC_AT) == checksum(buffer, at, salt, position);
        }

        private int checksum(ByteBuffer buffer, int at, long salt, long position) {
            scratch.putLong(0, salt).putLong(8, position);
            scratch.put(16, buffer, at + PAYLOAD_CRC_AT, BYTES - PAYLOAD_CRC_AT);
            crc.reset();
            crc.update(scratch.array());
            return (int) crc.getValue();
        }
    }
}
