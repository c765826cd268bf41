package io.quorate.kv.node;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that does nothing but take room: given up when a node starts on a full disk, so that recovery
 * and the removal of data have space to work with; laid down again when there is plenty. Not
 * thread-safe: one thread at a time.
 */
final class Ballast {
    private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
    private static final int CHUNK = 1 << 20;

    private final Path file;
    private final long bytes;
    private final long reserve;

    /**
     * Describes a ballast.
     *
     * @param directory the data directory
     * @param bytes its size; 0 for none
     * @param reserve free space that must be left beside it
     */
    Ballast(Path directory, long bytes, long reserve) {
        this.file = directory.resolve("ballast");
        this.bytes = bytes;
        this.reserve = reserve;
    }

    /** Gives the room up if the disk has less than the reserve. */
    void giveUpIfFull() throws IOException {
        if (free() < reserve && Files.deleteIfExists(file)) {
            LOG.warn("ballast given up file={} bytes={}", file, bytes);
        }
    }

    /** Takes the room if there is plenty and it is not taken. */
    void layDownIfRoomy() throws IOException {
        boolean taken = bytes == 0 || (Files.exists(file) && Files.size(file) == bytes);
        if (taken || free() < 2 * bytes + reserve) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
            long left = bytes;
            while (left > 0) {
                zeros.clear().limit((int) Math.min(CHUNK, left));
                left -= channel.write(zeros);
            }
        }
    }

    private long free() throws IOException {
        return Files.getFileStore(file.getParent()).getUsableSpace();
    }
}
