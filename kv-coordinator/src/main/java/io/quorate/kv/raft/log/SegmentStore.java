package io.quorate.kv.raft.log;

import io.quorate.kv.raft.log.LogFiles.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The directory's segments: makes new ones, knows the sealed ones, removes or recycles the oldest. Thread-safe. */
final class SegmentStore {

    private static final String TEMPORARY = "prepare.tmp";
    private static final String SPARE = "spare.log";

    private final LogContext context;
    private final Path directory;
    private final LogFiles files;
    private final Deque<Segment> sealed = new ArrayDeque<>();
    private long sealedBytes;
    private boolean hasSpare;

    SegmentStore(LogContext context, List<Segment> recovered) {
        this.context = context;
        this.directory = context.directory();
        this.files = context.files();
        recovered.forEach(this::add);
    }

    LogContext context() {
        return context;
    }

    static boolean isLeftover(Path file) {
        return file.endsWith(TEMPORARY) || file.endsWith(SPARE);
    }

    /** Makes a segment that has its name durably, with its header and all its bytes on disk before that. */
    ActiveSegment create(long sequence, long capacity) throws IOException {
        Path temporary = directory.resolve(TEMPORARY);
        boolean recycled = takeSpare(capacity, temporary);
        if (!recycled && files.freeBytes(directory) < capacity) {
            throw new OutOfSpaceException(
                    "no room in " + directory + " for a segment of " + capacity);
        }
        LogFile file = files.open(temporary, recycled ? Mode.WRITE : Mode.CREATE);
        try {
            SegmentHeader header = new SegmentHeader(sequence,
                    context.settings().salts().getAsLong(), capacity);
            file.preallocate(capacity);
            file.writeFully(header.encode(), 0);
            file.force();
            Path path = Segment.path(directory, sequence);
            files.rename(temporary, path);
            files.syncDirectory(directory);
            return new ActiveSegment(path, header, file);
        } catch (IOException | RuntimeException e) {
            abandon(temporary, file, e);
            throw e;
        }
    }

    /** Gives the room back; whoever called learns of the first failure, with this one beside it. */
    private void abandon(Path temporary, LogFile file, Exception failure) {
        try {
            file.close();
            files.delete(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private synchronized boolean takeSpare(long capacity, Path as) throws IOException {
        if (!hasSpare || capacity != context.settings().segmentBytes()) {
            return false;
        }
        hasSpare = false;
        files.rename(directory.resolve(SPARE), as);
        return true;
    }

    void seal(ActiveSegment segment) throws IOException {
        long bytes = segment.file().size();
        segment.file().close();
        add(new Segment(segment.path(), segment.header(), bytes));
    }

    private synchronized void add(Segment segment) {
        sealed.addLast(segment);
        sealedBytes += segment.fileBytes();
    }

    synchronized long sealedBytes() {
        return sealedBytes;
    }

    synchronized int sealedCount() {
        return sealed.size();
    }

    /** @throws java.util.NoSuchElementException if none is sealed */
    synchronized Segment oldest() {
        return sealed.getFirst();
    }

    /** Whether the segment is still there to be read: it is not older than the oldest. */
    synchronized boolean holds(long sequence) {
        return sealed.isEmpty() || sequence >= sealed.getFirst().sequence();
    }

    /** Takes the oldest segment out of the log; keeps its file if the next one can be made of it. */
    void removeOldest() throws IOException {
        long bytes = dropOldest();
        files.syncDirectory(directory);
        context.listener().reclaimed(bytes);
    }

    private synchronized long dropOldest() throws IOException {
        Segment victim = sealed.removeFirst();
        sealedBytes -= victim.fileBytes();
        if (!hasSpare && victim.fileBytes() == context.settings().segmentBytes()) {
            files.rename(victim.path(), directory.resolve(SPARE));
            hasSpare = true;
        } else {
            files.delete(victim.path());
        }
        return victim.fileBytes();
    }
}
