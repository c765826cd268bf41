package io.quorate.kv.raft.log;

import java.nio.file.Path;

/** The segment that is appended to, or the prepared one that will be next. Used by whoever leads the batch. */
final class ActiveSegment {

    private final Path path;
    private final SegmentHeader header;
    private final LogFile file;
    private long tail = SegmentHeader.BYTES;

    ActiveSegment(Path path, SegmentHeader header, LogFile file) {
        this.path = path;
        this.header = header;
        this.file = file;
    }

    Path path() {
        return path;
    }

    SegmentHeader header() {
        return header;
    }

    LogFile file() {
        return file;
    }

    long tail() {
        return tail;
    }

    void advance(long bytes) {
        tail += bytes;
    }

    /** An empty segment takes any batch, however large, so that none ever needs two. */
    boolean hasRoomFor(long bytes) {
        return tail == SegmentHeader.BYTES || tail + bytes <= header.capacity();
    }
}
