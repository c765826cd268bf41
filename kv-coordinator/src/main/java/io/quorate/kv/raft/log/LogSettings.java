package io.quorate.kv.raft.log;

import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * The log's bounds, all in bytes.
 *
 * @param segmentBytes      size of a full-grown segment
 * @param firstSegmentBytes size of the first segment after a start; each next one is four times larger up to
 *                          {@code segmentBytes}, so a first start does not write a whole segment of zeros
 * @param retentionBytes    how much sealed log is kept for lagging peers after snapshots released it
 * @param recordBytesMax    largest payload of one record
 * @param groupBufferBytes  how much one group may buffer before {@code append} flushes by itself
 * @param batchBytesMax     how much one fsync serves at most, unless a single group brings more
 * @param minimumFreeBytes  free disk space under which {@link SegmentedRaftLog#isLowOnSpace()} says so
 * @param salts             source of unpredictable numbers for segment headers
 * @param ticker            monotonic nanoseconds, for durations told to the listener
 */
public record LogSettings(int segmentBytes, int firstSegmentBytes, long retentionBytes,
        int recordBytesMax,
        int groupBufferBytes, int batchBytesMax, long minimumFreeBytes, LongSupplier salts,
        LongSupplier ticker) {

    private static final int SMALLEST_SEGMENT_BYTES = 1024;

    public LogSettings {
        if (firstSegmentBytes < SMALLEST_SEGMENT_BYTES || segmentBytes < firstSegmentBytes) {
            throw new IllegalArgumentException(
                    "segments " + firstSegmentBytes + " to " + segmentBytes);
        }
        if (retentionBytes < 0 || recordBytesMax <= 0 || groupBufferBytes <= 0 || batchBytesMax <= 0
                || minimumFreeBytes < 0) {
            throw new IllegalArgumentException("bounds must be positive");
        }
        if (recordBytesMax > 1 << 28 || groupBufferBytes > 1 << 28) {
            throw new IllegalArgumentException("a record or buffer above 256 MiB");
        }
    }

    /** 64 MiB segments, 1 GiB kept for peers, records to 16 MiB, 256 MiB of disk left free. */
    public static LogSettings defaults() {
        SecureRandom random = new SecureRandom();
        return new LogSettings(64 << 20, 1 << 20, 1L << 30, 16 << 20, 1 << 20, 4 << 20, 256L << 20,
                random::nextLong,
                System::nanoTime);
    }

    /** The same with other segment sizes. */
    public LogSettings withSegments(int first, int full) {
        return new LogSettings(full, first, retentionBytes, recordBytesMax, groupBufferBytes,
                batchBytesMax,
                minimumFreeBytes, salts, ticker);
    }

    /** The same with another retention. */
    public LogSettings withRetention(long bytes) {
        return new LogSettings(segmentBytes, firstSegmentBytes, bytes, recordBytesMax,
                groupBufferBytes, batchBytesMax,
                minimumFreeBytes, salts, ticker);
    }

    /** The same with another low-water mark. */
    public LogSettings withMinimumFree(long bytes) {
        return new LogSettings(segmentBytes, firstSegmentBytes, retentionBytes, recordBytesMax,
                groupBufferBytes,
                batchBytesMax, bytes, salts, ticker);
    }

    /** The same with other buffers: a group's, and what one fsync serves. */
    public LogSettings withBuffers(int groupBytes, int batchBytes) {
        return new LogSettings(segmentBytes, firstSegmentBytes, retentionBytes, recordBytesMax,
                groupBytes, batchBytes,
                minimumFreeBytes, salts, ticker);
    }
}
