package io.quorate.kv.raft.log;

import io.quorate.kv.raft.log.LogFailure.CorruptLog;
import io.quorate.kv.raft.log.LogFiles.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what a former process left: scans it, refuses it or cuts its torn end, and leaves a directory with sealed
 * segments only, all of them durable. One use, one thread.
 */
final class LogRecovery {

    private static final int COPY_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

    private final LogContext context;
    private final GroupStates states = new GroupStates();
    private final LogScan scan;
    /** Files that a later one makes meaningless: before a gap, behind the log's end, or before its head. */
    private final List<Path> useless = new ArrayList<>();

    private LogRecovery(LogContext context) {
        this.context = context;
        this.scan = new LogScan(context, states);
    }

    /**
     * @param lastSequence the sequence of the last segment there was, 0 if none
     * @param end          where the log ends
     */
    record Recovered(GroupStates states, List<Segment> segments, long lastSequence, long end) {}

    static Recovered recover(LogContext context) throws IOException {
        context.files().createDirectories(context.directory());
        return new LogRecovery(context).run();
    }

    private Recovered run() throws IOException {
        List<Segment> found = findSegments();
        scan.run(found);
        requireComplete(found);
        List<Segment> kept = new ArrayList<>(found.subList(0, scan.used()));
        found.subList(scan.used(), found.size()).forEach(unused -> useless.add(unused.path()));
        long lastSequence = found.isEmpty() ? 0 : found.getFirst().sequence() - 1;
        if (!kept.isEmpty()) {
            lastSequence = kept.getLast().sequence();
            kept.add(rewriteTail(kept.removeLast()));
        }
        long head = states.head();
        states.dropBelowSegment(head);
        kept.stream().filter(segment -> segment.sequence() < head)
                .forEach(dead -> useless.add(dead.path()));
        kept.removeIf(segment -> segment.sequence() < head);
        removeUseless();
        LOG.info("raft log recovered directory={} segments={} endSegment={} endOffset={}",
                context.directory(),
                kept.size(), Position.sequence(scan.end()), Position.offset(scan.end()));
        return new Recovered(states, kept, lastSequence, scan.end());
    }

    /** The segments after the last gap in the sequence, in order. */
    private List<Segment> findSegments() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : context.files().list(context.directory())) {
            if (SegmentStore.isLeftover(file)) {
                useless.add(file);
            } else if (Segment.isSegment(file)) {
                found.add(file);
            }
        }
        found.sort(Comparator.comparingLong(Segment::sequenceOf));
        int start = 0;
        for (int i = 1; i < found.size(); i++) {
            if (Segment.sequenceOf(found.get(i)) != Segment.sequenceOf(found.get(i - 1)) + 1) {
                start = i;
            }
        }
        useless.addAll(found.subList(0, start));
        List<Segment> segments = new ArrayList<>();
        for (Path path : found.subList(start, found.size())) {
            try (LogFile file = context.files().open(path, Mode.READ)) {
                segments.add(new Segment(path,
                        SegmentHeader.read(file, path, Segment.sequenceOf(path)), file.size()));
            }
        }
        return segments;
    }

    private void requireComplete(List<Segment> found) {
        long head = Math.max(1, states.head());
        if (!found.isEmpty() && found.getFirst().sequence() > head) {
            throw new RaftLogException(
                    new CorruptLog(Segment.path(context.directory(), head), 0,
                            "the segment's file is missing"));
        }
        for (GroupState group : states.all()) {
            if (!group.isUnbroken()) {
                throw new RaftLogException(new CorruptLog(context.directory(), 0,
                        "entries of group " + group.groupId()
                                + " are missing between " + group.snapshotIndex() + " and "
                                + group.lastIndex()));
            }
        }
    }

    /**
     * Cuts the last segment where the log ends, and writes again what is not claimed: a page that a failed fsync left
     * in the cache reads well, counts as clean, and is not on disk.
     */
    private Segment rewriteTail(Segment last) throws IOException {
        long until = Position.offset(scan.end());
        long from = Position.sequence(scan.claimed()) == last.sequence()
                ? Position.offset(scan.claimed())
                : SegmentHeader.BYTES;
        try (LogFile file = context.files().open(last.path(), Mode.WRITE)) {
            ByteBuffer copy = ByteBuffer.allocateDirect(COPY_BYTES);
            for (long at = from; at < until; at += copy.limit()) {
                copy.clear().limit((int) Math.min(COPY_BYTES, until - at));
                file.readFully(copy, at);
                file.writeFully(copy.flip(), at);
            }
            file.truncate(until);
            file.force();
        }
        return new Segment(last.path(), last.header(), until);
    }

    private void removeUseless() throws IOException {
        for (Path file : useless) {
            context.files().delete(file);
        }
        if (!useless.isEmpty()) {
            context.files().syncDirectory(context.directory());
        }
    }
}
