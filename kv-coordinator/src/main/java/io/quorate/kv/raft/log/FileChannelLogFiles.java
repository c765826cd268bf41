package io.quorate.kv.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The real disk. A thread that is interrupted inside a call loses that file's channel (a property of
 * {@link FileChannel}): threads that write the log must not be interrupted.
 */
public final class FileChannelLogFiles implements LogFiles {

    private static final int ZERO_CHUNK_BYTES = 1 << 20;
    /** What the file system may need beside the data itself before it reports that it is full. */
    private static final long BLOCK_SLACK_BYTES = 64 << 10;

    @Override
    public void createDirectories(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        Path parent = absolute.getParent();
        if (Files.isDirectory(absolute)) {
            return;
        }
        if (parent != null) {
            createDirectories(parent);
        }
        Files.createDirectories(absolute);
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    @Override
    public LogFile open(Path file, Mode mode) throws IOException {
        Set<StandardOpenOption> options = switch (mode) {
            case READ -> Set.of(StandardOpenOption.READ);
            case WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
            case CREATE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE_NEW);
        };
        return new ChannelFile(file, FileChannel.open(file, options));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long freeBytes(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    private static final class ChannelFile implements LogFile {

        private final Path path;
        private final FileChannel channel;

        ChannelFile(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int wanted = source.remaining();
            try {
                return channel.write(source, position);
            } catch (IOException e) {
                throw typed(e, wanted);
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public void force() throws IOException {
            try {
                channel.force(false);
            } catch (IOException e) {
                throw typed(e, 0);
            }
        }

        @Override
        public void preallocate(long size) throws IOException {
            ByteBuffer zeros = ByteBuffer.allocateDirect(ZERO_CHUNK_BYTES);
            for (long at = channel.size(); at < size; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
                writeFully(zeros, at);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        /** Java tells a full disk from a broken one by text alone; the free space is a fact. */
        private IOException typed(IOException failure, long wanted) {
            try {
                if (channel.isOpen()
                        && Files.getFileStore(path).getUsableSpace() < wanted + BLOCK_SLACK_BYTES) {
                    OutOfSpaceException full = new OutOfSpaceException(
                            "no room in " + path + " for " + wanted);
                    full.initCause(failure);
                    return full;
                }
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            return failure;
        }
    }
}
