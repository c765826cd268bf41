package io.quorate.kv.raft.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One open file. Reads and writes name their position and may be short, as the operating system's are. */
public interface LogFile extends Closeable {

    /** Writes some of {@code source}, at least one byte; {@link OutOfSpaceException} if the disk is full. */
    int write(ByteBuffer source, long position) throws IOException;

    /** Reads some bytes into {@code target}, -1 at the end of the file. */
    int read(ByteBuffer target, long position) throws IOException;

    /** Returns when everything written is on disk, and the size if it changed. After it throws nothing is known. */
    void force() throws IOException;

    /** Fills the file with zeros from its end up to {@code size} bytes. */
    void preallocate(long size) throws IOException;

    /** Cuts the file. */
    void truncate(long size) throws IOException;

    /** Its length in bytes. */
    long size() throws IOException;

    /** Writes all of {@code source}. */
    default void writeFully(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            int written = write(source, at);
            if (written <= 0) {
                throw new IOException("write made no progress at " + at);
            }
            at += written;
        }
    }

    /** Reads until {@code target} is full or the file ends. */
    default void readFully(ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int read = read(target, at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }
}
