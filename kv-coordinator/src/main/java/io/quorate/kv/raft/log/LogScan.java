package io.quorate.kv.raft.log;

import io.quorate.kv.raft.log.LogFailure.CorruptLog;
import io.quorate.kv.raft.log.LogFiles.Mode;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads segments once, in order, and finds where the unbroken log ends and how far it must reach. One use, one thread.
 */
final class LogScan {

    private static final int WINDOW_BYTES = 1 << 20;

    private final LogContext context;
    private final GroupStates states;
    private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_BYTES);
    private long end;
    private long claimed;
    private int used;

    LogScan(LogContext context, GroupStates states) {
        this.context = context;
        this.states = states;
    }

    /** The end of the unbroken log. */
    long end() {
        return end;
    }

    /** The highest position that some whole record says was on disk before it was written. */
    long claimed() {
        return claimed;
    }

    /** How many segments, from the first, hold a part of the unbroken log. */
    int used() {
        return used;
    }

    /**
     * Shows all records to the states.
     *
     * @throws RaftLogException if a record claims as durable what is not there
     */
    void run(List<Segment> segments) throws IOException {
        if (segments.isEmpty()) {
            return;
        }
        end = Position.of(segments.getFirst().sequence(), SegmentHeader.BYTES);
        while (used < segments.size() && readOn(segments.get(used))) {
            used++;
        }
        for (Segment doubtful : segments.subList(Math.max(0, used - 1), segments.size())) {
            seekClaims(doubtful);
        }
        if (claimed > end) {
            throw damagedAt(placeOfDamage(segments));
        }
    }

    private RaftLogException damagedAt(long place) {
        return new RaftLogException(new CorruptLog(
                Segment.path(context.directory(), Position.sequence(place)),
                Position.offset(place), "no valid record where the log was on disk up to segment "
                        + Position.sequence(claimed) + " offset " + Position.offset(claimed)));
    }

    /** Where a segment was filled to its end, it is the next one's first record that is missing. */
    private long placeOfDamage(List<Segment> segments) throws IOException {
        if (used == 0 || used == segments.size()) {
            return end;
        }
        try (LogFile file = context.files().open(segments.get(used - 1).path(), Mode.READ)) {
            ByteBuffer header = ByteBuffer.allocate(RecordHeader.BYTES);
            file.readFully(header, Position.offset(end));
            return RecordHeader.hasMagic(header, 0)
                    ? end
                    : Position.of(segments.get(used).sequence(), SegmentHeader.BYTES);
        }
    }

    /** Reads one segment; false if the log does not reach into it. */
    private boolean readOn(Segment segment) throws IOException {
        try (LogFile file = context.files().open(segment.path(), Mode.READ)) {
            SegmentScanner scanner = new SegmentScanner(file, segment.header(), window,
                    SegmentHeader.BYTES,
                    segment.fileBytes());
            boolean first = true;
            while (scanner.atRecord()) {
                if (first && used > 0 && !continuesLog(segment, scanner.header())) {
                    return false;
                }
                ByteBuffer payload = scanner.payload();
                if (payload == null) {
                    break;
                }
                apply(segment, scanner, payload);
                first = false;
                scanner.skipRecord();
                end = scanner.position();
            }
            return !first;
        }
    }

    /** A segment is begun when all before it is on disk, so its first record names the log's very end. */
    private boolean continuesLog(Segment segment, RecordHeader header) {
        if (header.durable() < end) {
            throw new RaftLogException(
                    new CorruptLog(segment.path(), SegmentHeader.BYTES,
                            "begins before the former segment's end"));
        }
        return header.durable() == end;
    }

    private void apply(Segment segment, SegmentScanner scanner, ByteBuffer payload) {
        claimed = Math.max(claimed, scanner.header().durable());
        try {
            states.accept(scanner.header(), payload, scanner.position());
        } catch (IllegalArgumentException | IllegalStateException | BufferUnderflowException e) {
            throw new RaftLogException(
                    new CorruptLog(segment.path(), scanner.offset(), "not understood: " + e), e);
        }
    }

    /** Looks behind the log's end for records that say it must go on. */
    private void seekClaims(Segment segment) throws IOException {
        boolean holdsEnd = segment.sequence() == Position.sequence(end);
        long from = holdsEnd ? Position.offset(end) : SegmentHeader.BYTES;
        try (LogFile file = context.files().open(segment.path(), Mode.READ)) {
            SegmentScanner scanner = new SegmentScanner(file, segment.header(), window,
                    from - RecordHeader.ALIGNMENT,
                    segment.fileBytes());
            while (scanner.seekHeader()) {
                claimed = Math.max(claimed, scanner.header().durable());
            }
        }
    }
}
