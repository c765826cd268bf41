package io.quorate.kv.raft.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Small logs on a simulated disk, without a thread of their own. */
final class LogFixture {

    static final Path DIRECTORY = Path.of("/log");

    private LogFixture() {}

    /** Segments of 4 to 16 KiB, nothing retained beyond 32 KiB. */
    static LogSettings settings(long seed) {
        Random random = new Random(seed);
        return new LogSettings(16 << 10, 4 << 10, 32 << 10, 8 << 10, 4 << 10, 8 << 10, 0,
                random::nextLong,
                System::nanoTime);
    }

    static SegmentedRaftLog open(LogFiles files) {
        return open(files, settings(1));
    }

    static SegmentedRaftLog open(LogFiles files, LogSettings settings) {
        return SegmentedRaftLog.open(new LogContext(DIRECTORY, files, settings, LogListener.none()),
                false);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Entries as {@code index:term:payload}. */
    static List<String> entries(RecoveredGroup group) {
        return group.entries().stream()
                .map(e -> e.index() + ":" + e.term() + ":" + text(e.payload())).toList();
    }

    static List<String> read(GroupLog group, long from, long to, int maxBytes) {
        List<String> found = new ArrayList<>();
        group.readEntries(from, to, maxBytes,
                (index, term, payload) -> found.add(index + ":" + term + ":" + text(payload)));
        return found;
    }

    static List<Path> segments(LogFiles files) throws IOException {
        return files.list(DIRECTORY).stream().filter(Segment::isSegment)
                .sorted(Comparator.comparingLong(Segment::sequenceOf)).toList();
    }
}
