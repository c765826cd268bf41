package io.quorate.kv.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a data directory for one process: a lock of the operating system on the file {@code lock},
 * which ends with the process however that ends. The file's text names the holder.
 */
final class DirectoryLock implements AutoCloseable {
    private static final int MAX_HOLDER_LENGTH = 32;

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) throws NodeStartException {
        Path file = directory.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
            if (tryLock(channel) == null) {
                String holder = readHolder(channel);
                channel.close();
                throw new NodeStartFailure.DirectoryHeld(directory, holder).asException();
            }
            writeHolder(channel);
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new NodeStartFailure.DirectoryUnusable(directory,
                    "its lock file cannot be written").causedBy(e);
        }
    }

    /** The file stays: removing it would let two processes lock two files of one name. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
            LOG.warn("lock file did not close", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String readHolder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_HOLDER_LENGTH);
        channel.read(bytes, 0);
        String holder = US_ASCII.decode(bytes.flip()).toString().strip();
        return holder.matches("[0-9]+") ? holder : "unknown";
    }

    private static void writeHolder(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    }
}
