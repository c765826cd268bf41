package io.quorate.kv.raft.log;

import io.quorate.kv.raft.log.LogFailure.CorruptLog;
import io.quorate.kv.raft.log.LogFailure.UnknownFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** The first 64 bytes of a segment; on disk before the file gets its name. */
record SegmentHeader(long sequence, long salt, long capacity) {

    static final int BYTES = 64;
    static final int FORMAT_VERSION = 1;

    private static final long MAGIC = 0x51_55_4F_52_41_4C_4F_47L;
    private static final int CRC_AT = BYTES - 4;

    ByteBuffer encode() {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(0).putLong(sequence).putLong(salt)
                .putLong(capacity);
        header.putInt(CRC_AT, checksum(header));
        return header.clear();
    }

    /** Reads and checks the header of a file that has a segment's name. */
    static SegmentHeader read(LogFile file, Path path, long expectedSequence) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        file.readFully(header, 0);
        if (header.hasRemaining() || header.getLong(0) != MAGIC
                || header.getInt(CRC_AT) != checksum(header)) {
            throw new RaftLogException(new CorruptLog(path, 0, "no valid segment header"));
        }
        int version = header.getInt(8);
        if (version != FORMAT_VERSION) {
            throw new RaftLogException(new UnknownFormat(path, version));
        }
        if (header.getLong(16) != expectedSequence) {
            throw new RaftLogException(
                    new CorruptLog(path, 0, "header says segment " + header.getLong(16)));
        }
        return new SegmentHeader(expectedSequence, header.getLong(24), header.getLong(32));
    }

    private static int checksum(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, CRC_AT));
        return (int) crc.getValue();
    }
}
