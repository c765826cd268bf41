package io.quorate.kv.raft.log;

import static io.quorate.kv.raft.log.LogFixture.bytes;
import static io.quorate.kv.raft.log.LogFixture.open;
import static io.quorate.kv.raft.log.LogFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.raft.log.LogFailure.CorruptLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader gets while the log changes under it. */
class LogReaderTest {

    private final FaultyLogFiles files = new FaultyLogFiles(new Random(8));
    private final SegmentedRaftLog log = open(files);
    private final GroupLog group = log.group(1);
    private final List<String> found = new ArrayList<>();

    @BeforeEach
    void tenEntries() {
        for (int i = 1; i <= 10; i++) {
            group.append(i, 1, bytes("old " + i));
        }
        group.flush();
    }

    /** Reads all and does something once, after the third entry. */
    private long readAndAfterTheThird(Runnable change) {
        return group.readEntries(1, 100, 1 << 20, (index, term, payload) -> {
            found.add(index + ":" + term);
            if (index == 3) {
                change.run();
            }
        });
    }

    /** Another group writes until the segment with the ten entries is gone. */
    private void fillTheLog() {
        GroupLog other = log.group(2);
        try {
            for (int i = 1; i <= 400; i++) {
                other.append(other.lastIndex() + 1, 1, new byte[500]);
                other.persistSnapshot(other.lastIndex(), 1, bytes("s"));
                other.flush();
                log.maintain();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void entriesReplacedWhileReadingEndTheAnswer() {
        long next = readAndAfterTheThird(() -> {
            group.truncateFrom(2);
            for (int i = 2; i <= 10; i++) {
                group.append(i, 2, bytes("new " + i));
            }
            group.flush();
        });

        assertThat(found).containsExactly("1:1", "2:1", "3:1");
        assertThat(next).isEqualTo(4);
    }

    @Test
    void entriesCopiedForwardWhileReadingAreStillFound() {
        long next = readAndAfterTheThird(this::fillTheLog);

        assertThat(found).hasSize(10).startsWith("1:1", "2:1").endsWith("9:1", "10:1");
        assertThat(next).isEqualTo(11);
    }

    @Test
    void aCopyThatIsNotOnDiskYetHidesNothing() {
        Set<Integer> sizes = new HashSet<>();
        files.beforeForce(() -> sizes.add(read(group, 1, 11, 1 << 20).size()));

        fillTheLog();

        assertThat(sizes).containsExactly(10);
    }

    @Test
    void releasedEntriesAreNotServed() {
        group.persistSnapshot(10, 1, bytes("s"));
        group.flush();
        fillTheLog();

        assertThat(group.firstRetainedIndex()).isEqualTo(11);
        assertThat(read(group, 1, 100, 1000)).isEmpty();
    }

    @Test
    void entriesAppendedWhileReadingAreServedToo() {
        long next = readAndAfterTheThird(() -> {
            group.append(11, 1, bytes("late"));
            group.flush();
        });

        assertThat(next).isEqualTo(12);
    }

    @Test
    void damageMetByAReaderIsSaid() throws IOException {
        files.flipBit(LogFixture.segments(files).getFirst(),
                SegmentHeader.BYTES + RecordHeader.BYTES + RecordHeader.BYTES, 1);

        assertThatThrownBy(() -> read(group, 1, 100, 1000)).isInstanceOfSatisfying(
                RaftLogException.class,
                e -> assertThat(e.failure()).isInstanceOf(CorruptLog.class));
        assertThat(log.poisoned()).isEmpty();
    }
}
