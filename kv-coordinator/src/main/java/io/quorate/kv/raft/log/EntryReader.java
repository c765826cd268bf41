package io.quorate.kv.raft.log;

import io.quorate.kv.raft.log.LogFailure.CorruptLog;
import io.quorate.kv.raft.log.LogFailure.DiskFailed;
import io.quorate.kv.raft.log.LogFiles.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Reads entries of one group from the segments, through file handles of its own: a reader that is interrupted hurts
 * nobody else, and one that meets a segment that just died looks again where its entry stands now. Thread-safe.
 */
final class EntryReader {

    private static final int WINDOW_BYTES = 64 << 10;

    private final SegmentStore store;
    private final LongSupplier durable;

    EntryReader(SegmentStore store, LongSupplier durable) {
        this.store = store;
        this.durable = durable;
    }

    /** Takes entries until it has enough. */
    @FunctionalInterface
    interface Visitor {
        /** Returns whether it wants more. {@code payload} is valid during the call only. */
        boolean accept(RecordHeader header, ByteBuffer payload);
    }

    /** Shows durable entries in index order; returns the index after the last one shown. */
    long read(GroupState group, long from, long to, Visitor visitor) {
        Walk walk = new Walk(group, from, to, visitor);
        while (walk.wants()) {
            long point = durablePoint(group, walk.index);
            if (point == EntryIndex.NOWHERE) {
                break;
            }
            long sequence = Position.sequence(point);
            Path path = Segment.path(store.context().directory(), sequence);
            try (LogFile file = store.context().files().open(path, Mode.READ)) {
                walk.segment(file, path, point);
            } catch (IOException | RaftLogException e) {
                rethrowUnlessGone(sequence, path, e);
            }
        }
        return walk.index;
    }

    /** Before a segment goes, its entries are copied or released: the index no longer points there. */
    private void rethrowUnlessGone(long sequence, Path path, Exception failure) {
        if (!store.holds(sequence)) {
            return;
        }
        throw failure instanceof RaftLogException typed
                ? typed
                : new RaftLogException(new DiskFailed("read of " + path), failure);
    }

    private long durablePoint(GroupState group, long index) {
        long point = group.locate(index);
        return point < durable.getAsLong() ? point : EntryIndex.NOWHERE;
    }

    private final class Walk {

        private final GroupState group;
        private final long removals;
        private final long to;
        private final Visitor visitor;
        private long index;
        private boolean enough;

        Walk(GroupState group, long from, long to, Visitor visitor) {
            this.group = group;
            this.removals = group.removals();
            this.index = from;
            this.to = to;
            this.visitor = visitor;
        }

        boolean wants() {
            return !enough && index < to;
        }

        /** Walks from the point on; either shows at least one entry or throws. */
        void segment(LogFile file, Path path, long point) throws IOException {
            SegmentHeader header = SegmentHeader.read(file, path, Position.sequence(point));
            long end = durable.getAsLong();
            long limit = Position.sequence(end) == header.sequence()
                    ? Position.offset(end)
                    : file.size();
            SegmentScanner scanner = new SegmentScanner(file, header,
                    ByteBuffer.allocate(WINDOW_BYTES),
                    Position.offset(point), limit);
            long before = index;
            while (wants() && scanner.atRecord()) {
                if (isWanted(scanner.header())) {
                    show(scanner, path);
                    if (!jump(scanner)) {
                        return;
                    }
                } else {
                    scanner.skipRecord();
                }
            }
            if (index == before && !enough) {
                throw corrupt(path, scanner);
            }
        }

        private boolean isWanted(RecordHeader header) {
            return header.index() == index && header.group() == group.groupId()
                    && RecordType.of(header.type()).filter(RecordType::isEntry).isPresent();
        }

        private void show(SegmentScanner scanner, Path path) throws IOException {
            ByteBuffer payload = scanner.payload();
            if (payload == null) {
                throw corrupt(path, scanner);
            }
            if (group.removals() != removals) {
                enough = true; // what was shown so far fits together; this one might not
                return;
            }
            index++;
            enough = !visitor.accept(scanner.header(), payload);
        }

        /** Goes on to where the next entry may stand; false if that is not further on in this segment. */
        private boolean jump(SegmentScanner scanner) throws IOException {
            scanner.skipRecord();
            long next = wants() ? durablePoint(group, index) : EntryIndex.NOWHERE;
            if (next == EntryIndex.NOWHERE
                    || Position.sequence(next) != Position.sequence(scanner.position())) {
                return false;
            }
            scanner.moveTo(Math.max(scanner.offset(), Position.offset(next)));
            return true;
        }

        private RaftLogException corrupt(Path path, SegmentScanner scanner) {
            return new RaftLogException(new CorruptLog(path, scanner.offset(),
                    "entry " + index + " of group " + group.groupId() + " cannot be read"));
        }
    }
}
