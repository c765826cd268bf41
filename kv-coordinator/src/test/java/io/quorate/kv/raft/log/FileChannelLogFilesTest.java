package io.quorate.kv.raft.log;

import static io.quorate.kv.raft.log.LogFixture.bytes;
import static io.quorate.kv.raft.log.LogFixture.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on the real disk, with its own threads. */
class FileChannelLogFilesTest {

    private static final Duration RECOVERY_MAX = Duration.ofSeconds(5);

    @TempDir
    private Path parent;

    private SegmentedRaftLog open(LogSettings settings) {
        return SegmentedRaftLog.open(parent.resolve("deep/log"), new FileChannelLogFiles(),
                settings, LogListener.none());
    }

    private static LogSettings small() {
        return LogSettings.defaults().withSegments(64 << 10, 256 << 10).withRetention(1 << 20);
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(parent.resolve("deep/log"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void whatIsFlushedIsThereAfterAReopen() {
        try (SegmentedRaftLog log = open(small())) {
            log.group(1).persistVote(2, bytes("n1"));
            log.group(1).append(1, 2, bytes("e"));
            log.group(1).flush();
        }

        try (SegmentedRaftLog log = open(small())) {
            assertThat(entries(log.group(1).recovered())).containsExactly("1:2:e");
            assertThat(log.group(1).recovered().term()).isEqualTo(2);
        }
    }

    @Test
    void theFirstStartWritesLittle() throws IOException {
        try (SegmentedRaftLog log = open(LogSettings.defaults())) {
            log.group(1).append(1, 1, bytes("e"));
            log.group(1).flush();

            assertThat(bytesOnDisk()).isLessThanOrEqualTo(5 << 20);
        }
    }

    @Test
    void oldSegmentsGoByThemselves() {
        try (SegmentedRaftLog log = open(small())) {
            GroupLog group = log.group(1);
            for (int i = 1; i <= 3000; i++) {
                group.append(i, 1, new byte[1000]);
                if (i % 50 == 0) {
                    group.persistSnapshot(i, 1, bytes("s"));
                    group.flush();
                    group.releaseBefore(i);
                }
            }

            await().untilAsserted(() -> assertThat(bytesOnDisk()).isLessThan(2 << 20));
            assertThat(log.poisoned()).isEmpty();
            assertThat(group.firstRetainedIndex()).isGreaterThan(1);
        }
    }

    @Test
    void aReaderThatIsInterruptedHurtsNobody() {
        try (SegmentedRaftLog log = open(small())) {
            GroupLog group = log.group(1);
            group.append(1, 1, bytes("e"));
            group.flush();
            List<Throwable> failures = new ArrayList<>();
            Thread.currentThread().interrupt();
            try {
                LogFixture.read(group, 1, 2, 100);
            } catch (RaftLogException e) {
                failures.add(e);
            }
            assertThat(Thread.interrupted()).isTrue();

            group.append(2, 1, bytes("f"));
            group.flush();
            assertThat(LogFixture.read(group, 1, 3, 100)).hasSize(2);
            assertThat(log.poisoned()).isEmpty();
            assertThat(failures).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    @Tag("slow")
    void aGibibyteIsRecoveredInTime() {
        LogSettings settings = LogSettings.defaults();
        byte[] payload = new byte[1000];
        int entries = 1 << 20;
        try (SegmentedRaftLog log = open(settings)) {
            for (int g = 0; g < 8; g++) {
                GroupLog group = log.group(g);
                for (int i = 1; i <= entries / 8; i++) {
                    group.append(i, 1, payload);
                }
                group.persistSnapshot(entries / 8 - 100, 1, bytes("s"));
                group.flush();
            }
        }
        long started = System.nanoTime();

        try (SegmentedRaftLog log = open(settings)) {
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(RECOVERY_MAX);
            assertThat(log.group(7).recovered().entries()).hasSize(100);
        }
    }
}
