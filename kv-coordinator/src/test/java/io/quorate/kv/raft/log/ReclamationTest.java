package io.quorate.kv.raft.log;

import static io.quorate.kv.raft.log.LogFixture.bytes;
import static io.quorate.kv.raft.log.LogFixture.entries;
import static io.quorate.kv.raft.log.LogFixture.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The log's size is bounded whatever the groups do, and no bound costs an entry that is needed. */
class ReclamationTest {

    private static final int HOT = 1;
    private static final int COLD = 2;
    /** Retention, the patience of two segments, one being written, one prepared, one spare, and one of slack. */
    private static final long BYTES_MAX = (32 << 10) + 6 * (16 << 10);

    private final FaultyLogFiles files = new FaultyLogFiles(new Random(3));
    private final List<String> wanted = new ArrayList<>();
    private final List<String> copied = new ArrayList<>();
    private final SegmentedRaftLog log = SegmentedRaftLog
            .open(new LogContext(LogFixture.DIRECTORY, files, LogFixture.settings(1),
                    new LogListener() {
                        @Override
                        public void snapshotWanted(int groupId, long throughIndex) {
                            wanted.add(groupId + ":" + throughIndex);
                        }

                        @Override
                        public void copiedForward(int groupId, long bytes) {
                            copied.add(groupId + "");
                        }
                    }), false);

    /** A hot group that snapshots as it goes, with upkeep in between; returns the most the disk ever held. */
    private long writeHot(int entries) throws IOException {
        GroupLog hot = log.group(HOT);
        long most = 0;
        for (int i = 0; i < entries; i++) {
            hot.append(hot.lastIndex() + 1, 1, bytes("hot".repeat(100)));
            hot.flush();
            if (i % 10 == 9) {
                hot.persistSnapshot(hot.lastIndex(), 1, bytes("s"));
                hot.flush();
                log.maintain();
            }
            most = Math.max(most, files.usedBytes());
        }
        return most;
    }

    @Test
    void theDiskIsBounded() throws IOException {
        assertThat(writeHot(2000)).isLessThan(BYTES_MAX);
        assertThat(wanted).isEmpty();
        assertThat(copied).isEmpty();
    }

    @Test
    void whatTheRetentionHoldsIsServedToPeers() throws IOException {
        writeHot(2000);
        GroupLog hot = log.group(HOT);
        long first = hot.firstRetainedIndex();

        assertThat(hot.lastIndex() - first).isGreaterThan(50);
        assertThat(LogFixture.read(hot, first, hot.lastIndex() + 1, 1 << 20))
                .hasSize((int) (hot.lastIndex() - first + 1));
        assertThat(LogFixture.read(hot, first - 1, hot.lastIndex() + 1, 1 << 20)).isEmpty();
    }

    @Test
    void aColdGroupIsAskedForASnapshotAndThenCopiedForward() throws IOException {
        GroupLog cold = log.group(COLD);
        cold.persistMembers(bytes("members"));
        cold.persistVote(3, bytes("vote"));
        for (int i = 1; i <= 5; i++) {
            cold.append(i, 3, bytes("cold " + i));
        }
        cold.flush();

        assertThat(writeHot(2000)).isLessThan(BYTES_MAX);

        assertThat(wanted).contains(COLD + ":5");
        assertThat(copied).containsOnly(COLD + "");
        assertThat(LogFixture.read(cold, 1, 6, 1000)).hasSize(5);
        log.close();
        RecoveredGroup found = open(files).group(COLD).recovered();
        assertThat(entries(found)).containsExactly("1:3:cold 1", "2:3:cold 2", "3:3:cold 3",
                "4:3:cold 4",
                "5:3:cold 5");
        assertThat(found.term()).isEqualTo(3);
        assertThat(found.members().map(LogFixture::text)).contains("members");
    }

    @Test
    void aSnapshotInTimeSparesTheCopy() throws IOException {
        GroupLog cold = log.group(COLD);
        cold.append(1, 1, bytes("cold"));
        cold.flush();
        while (wanted.isEmpty()) {
            writeHot(10);
        }
        cold.persistSnapshot(1, 1, bytes("cold state"));
        cold.flush();

        writeHot(1000);

        assertThat(copied).isEmpty();
        log.close();
        assertThat(open(files).group(COLD).recovered().snapshot()
                .map(s -> LogFixture.text(s.snapshot())))
                .contains("cold state");
    }

    @Test
    void aGroupGoesOnAfterItWasCopiedForward() throws IOException {
        GroupLog cold = log.group(COLD);
        for (int i = 1; i <= 3; i++) {
            cold.append(i, 1, bytes("old " + i));
        }
        cold.flush();
        writeHot(1000);
        assertThat(copied).isNotEmpty();
        cold.truncateFrom(3);
        cold.append(3, 2, bytes("new 3"));
        cold.append(4, 2, bytes("new 4"));
        cold.flush();
        writeHot(1000);

        assertThat(LogFixture.read(cold, 1, 9, 1000)).containsExactly("1:1:old 1", "2:1:old 2",
                "3:2:new 3",
                "4:2:new 4");
        log.close();
        assertThat(entries(open(files).group(COLD).recovered())).containsExactly("1:1:old 1",
                "2:1:old 2",
                "3:2:new 3", "4:2:new 4");
    }

    @Test
    void manyRestartsDoNotFillTheDisk() throws IOException {
        log.close();
        for (int i = 0; i < 400; i++) {
            SegmentedRaftLog again = open(files);
            again.group(HOT).append(i + 1, 1, bytes("e"));
            again.group(HOT).persistSnapshot(i + 1, 1, bytes("s"));
            again.group(HOT).flush();
            again.maintain();
            again.close();
        }

        assertThat(LogFixture.segments(files)).hasSizeLessThan(300);
        assertThat(open(files).group(HOT).recovered().snapshot().map(SnapshotMark::index))
                .contains(400L);
    }

    @Test
    void whatTheSnapshotDoesNotCoverCannotBeReleased() {
        GroupLog group = log.group(HOT);
        group.append(1, 1, bytes("e"));

        assertThatThrownBy(() -> group.releaseBefore(2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
