package io.quorate.kv.node;

import io.quorate.kv.raft.log.FileChannelLogFiles;
import io.quorate.kv.raft.log.LogFile;
import io.quorate.kv.raft.log.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A real disk whose fsync does not return while it is stalled. */
public final class StallingLogFiles implements LogFiles {
    private final LogFiles disk = new FileChannelLogFiles();
    private volatile CountDownLatch stall = new CountDownLatch(0);

    public void stall() {
        stall = new CountDownLatch(1);
    }

    public void goOn() {
        stall.countDown();
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public LogFile open(Path file, Mode mode) throws IOException {
        return new StallingFile(disk.open(file, mode));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
    }

    @Override
    public long freeBytes(Path directory) throws IOException {
        return disk.freeBytes(directory);
    }

    private final class StallingFile implements LogFile {
        private final LogFile file;

        StallingFile(LogFile file) {
            this.file = file;
        }

        @Override
        public void force() throws IOException {
            try {
                stall.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            file.force();
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return file.write(source, position);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public void preallocate(long size) throws IOException {
            file.preallocate(size);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
