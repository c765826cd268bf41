package io.quorate.kv.storage;

import io.quorate.kv.KvFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops admission of writes before a disk is full, because a full disk poisons what shares it.
 *
 * <p>Admission stops below a low-water mark and resumes above a higher one. Below a critical mark the
 * ballast, a file of real bytes, is given back to the file system, so that what was admitted can be
 * logged, flushed and compacted; it is laid again when there is room. A file system that cannot be
 * asked counts as full.
 *
 * <p>{@link #check} is called by one background task; everything else by any thread.
 */
public final class DiskSpaceGuard {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpaceGuard.class);
    private static final int CHUNK = 1024 * 1024;

    private final Path ballast;
    private final FreeSpace space;
    private final Marks marks;
    private volatile boolean admits = true;

    /**
     * The marks, in bytes of free space.
     *
     * @param critical below it the ballast is released
     * @param stop below it nothing is admitted
     * @param resume at or above it admission begins again
     * @param ballast size of the ballast
     */
    public record Marks(long critical, long stop, long resume, long ballast) {
        private static final long MIB = 1024 * 1024;

        public Marks {
            if (critical < 0 || stop <= critical || resume < stop || ballast < 0) {
                throw new IllegalArgumentException("marks out of order: " + critical + ", " + stop
                        + ", " + resume + ", " + ballast);
            }
        }

        /** Stop below 512 MiB, resume at 768 MiB; 64 MiB of ballast released below 128 MiB. */
        public static Marks defaults() {
            return new Marks(128 * MIB, 512 * MIB, 768 * MIB, 64 * MIB);
        }
    }

    /**
     * Makes a guard that admits until its first check.
     *
     * @param ballast where the ballast file lies, on the guarded file system
     */
    public DiskSpaceGuard(Path ballast, FreeSpace space, Marks marks) {
        this.ballast = ballast;
        this.space = space;
        this.marks = marks;
    }

    /** Whether writes are admitted. */
    public boolean admits() {
        return admits;
    }

    /** Fails with {@link KvFailure.DiskFull} unless writes are admitted. */
    public void requireSpace() {
        if (!admits) {
            throw new KvFailure.DiskFull().asException();
        }
    }

    /** Looks at the free space and acts on it. */
    public void check() {
        try {
            long free = space.usableBytes();
            decide(free);
            tendBallast(free);
        } catch (IOException failure) {
            LOG.warn("free space unknown, admission stops ballast={}", ballast, failure);
            admits = false;
        }
    }

    private void decide(long free) {
        if (admits && free < marks.stop()) {
            LOG.warn("disk nearly full, admission stops free={} stop={}", free, marks.stop());
            admits = false;
        } else if (!admits && free >= marks.resume()) {
            LOG.info("disk has room again, admission resumes free={}", free);
            admits = true;
        }
    }

    private void tendBallast(long free) throws IOException {
        boolean laid = Files.exists(ballast);
        if (laid && free < marks.critical()) {
            Files.delete(ballast);
            LOG.warn("ballast released free={} bytes={}", free, marks.ballast());
        } else if (!laid && marks.ballast() > 0 && free - marks.ballast() >= marks.resume()) {
            layBallast();
        }
    }

    /** Writes real bytes: a sparse file would take no room and so give none back. */
    private void layBallast() throws IOException {
        Path partial = ballast.resolveSibling(ballast.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
            long left = marks.ballast();
            while (left > 0) {
                chunk.clear().limit((int) Math.min(CHUNK, left));
                left -= channel.write(chunk);
            }
            channel.force(true);
        }
        Files.move(partial, ballast);
    }
}
