package io.quorate.kv.raft.log;

import static io.quorate.kv.raft.log.LogFixture.bytes;
import static io.quorate.kv.raft.log.LogFixture.entries;
import static io.quorate.kv.raft.log.LogFixture.open;
import static io.quorate.kv.raft.log.LogFixture.read;
import static io.quorate.kv.raft.log.LogFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentedRaftLogTest {

    private FaultyLogFiles files = new FaultyLogFiles(new Random(1));

    private SegmentedRaftLog reopened(SegmentedRaftLog log) {
        log.close();
        return open(files);
    }

    @Test
    void aNewGroupHasNothing() {
        GroupLog group = open(files).group(7);

        assertThat(group.recovered().isEmpty()).isTrue();
        assertThat(group.lastIndex()).isZero();
        assertThat(group.firstRetainedIndex()).isEqualTo(1);
    }

    @Test
    void everythingFlushedIsRecovered() {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(3);
        group.persistMembers(bytes("a,b,c"));
        group.persistVote(4, bytes("b"));
        group.append(1, 4, bytes("one"));
        group.append(2, 4, bytes(""));
        group.flush();

        RecoveredGroup found = reopened(log).group(3).recovered();

        assertThat(found.members().map(LogFixture::text)).contains("a,b,c");
        assertThat(found.term()).isEqualTo(4);
        assertThat(text(found.votedFor())).isEqualTo("b");
        assertThat(entries(found)).containsExactly("1:4:one", "2:4:");
    }

    @Test
    void whatWasNotFlushedIsNotThere() {
        SegmentedRaftLog log = open(files);
        log.group(1).append(1, 1, bytes("lost"));

        assertThat(entries(reopened(log).group(1).recovered())).isEmpty();
    }

    @Test
    void groupsShareOneLogAndKeepApart() {
        SegmentedRaftLog log = open(files);
        for (int group = 0; group < 5; group++) {
            log.group(group).append(1, group + 1L, bytes("of " + group));
            log.group(group).flush();
        }

        SegmentedRaftLog again = reopened(log);

        for (int group = 0; group < 5; group++) {
            assertThat(entries(again.group(group).recovered()))
                    .containsExactly("1:" + (group + 1) + ":of " + group);
        }
    }

    @Test
    void aTruncatedTailStaysAway() {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        for (int i = 1; i <= 5; i++) {
            group.append(i, 1, bytes("old"));
        }
        group.flush();
        group.truncateFrom(3);
        group.append(3, 2, bytes("new"));
        group.flush();

        assertThat(read(group, 1, 9, 1000)).containsExactly("1:1:old", "2:1:old", "3:2:new");
        assertThat(entries(reopened(log).group(1).recovered())).containsExactly("1:1:old",
                "2:1:old", "3:2:new");
    }

    @Test
    void aSnapshotIsTheBaseOfWhatIsRecovered() {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        for (int i = 1; i <= 4; i++) {
            group.append(i, 1, bytes("e" + i));
        }
        group.persistSnapshot(3, 1, bytes("state at 3"));
        group.flush();

        GroupLog again = reopened(log).group(1);

        assertThat(again.recovered().snapshot()
                .map(s -> s.index() + ":" + s.term() + ":" + text(s.snapshot())))
                .contains("3:1:state at 3");
        assertThat(entries(again.recovered())).containsExactly("4:1:e4");
    }

    @Test
    void entriesBelowTheSnapshotAreKeptForLaggingPeers() {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        for (int i = 1; i <= 4; i++) {
            group.append(i, 1, bytes("e" + i));
        }
        group.persistSnapshot(3, 1, bytes("state at 3"));
        group.flush();

        GroupLog again = reopened(log).group(1);

        assertThat(again.firstRetainedIndex()).isEqualTo(1);
        assertThat(read(again, 2, 4, 1000)).containsExactly("2:1:e2", "3:1:e3");
    }

    @Test
    void aSnapshotPastTheLastEntryLeavesNoEntries() {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        group.append(1, 1, bytes("e1"));
        group.persistSnapshot(10, 2, bytes("installed"));
        group.append(11, 2, bytes("e11"));
        group.flush();

        GroupLog again = reopened(log).group(1);

        assertThat(entries(again.recovered())).containsExactly("11:2:e11");
        assertThat(again.firstRetainedIndex()).isEqualTo(11);
    }

    @Test
    void replacedStateLeavesNothingOfTheOld() {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        group.persistVote(3, bytes("x"));
        group.append(1, 3, bytes("conflicting"));
        group.append(2, 3, bytes("conflicting"));
        group.flush();
        group.replaceState(new RecoveredGroup(1, Optional.of(bytes("m")), 5, bytes("y"),
                Optional.of(new SnapshotMark(1, 4, bytes("s"))), List.of()));
        group.flush();

        RecoveredGroup found = reopened(log).group(1).recovered();

        assertThat(found.term()).isEqualTo(5);
        assertThat(text(found.votedFor())).isEqualTo("y");
        assertThat(found.members().map(LogFixture::text)).contains("m");
        assertThat(found.snapshot().map(SnapshotMark::index)).contains(1L);
        assertThat(found.entries()).isEmpty();
    }

    @Test
    void readingStopsAtTheByteLimitButGivesAtLeastOne() {
        GroupLog group = open(files).group(1);
        for (int i = 1; i <= 10; i++) {
            group.append(i, 1, bytes("0123456789"));
        }
        group.flush();

        assertThat(read(group, 1, 11, 25)).hasSize(3);
        assertThat(read(group, 4, 11, 1)).containsExactly("4:1:0123456789");
    }

    @Test
    void entriesNotFlushedAreNotRead() {
        GroupLog group = open(files).group(1);
        group.append(1, 1, bytes("flushed"));
        group.flush();
        group.append(2, 1, bytes("buffered"));

        assertThat(read(group, 1, 3, 1000)).containsExactly("1:1:flushed");
        assertThat(group.lastIndex()).isEqualTo(2);
    }

    @Test
    void aLogThatFillsManySegmentsIsReadThrough() throws Exception {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        for (int i = 1; i <= 300; i++) {
            group.append(i, 1, bytes("payload number " + i + " ".repeat(i % 200)));
            if (i % 7 == 0) {
                group.flush();
            }
        }
        group.flush();

        assertThat(LogFixture.segments(files)).hasSizeGreaterThan(3);
        assertThat(read(group, 1, 301, 1 << 20)).hasSize(300);
        assertThat(reopened(log).group(1).recovered().entries()).hasSize(300)
                .allSatisfy(e -> assertThat(text(e.payload()).strip())
                        .isEqualTo("payload number " + e.index()));
    }

    @Test
    void aBatchLargerThanASegmentIsOneBatch() {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        group.append(1, 1, new byte[8 << 10]);
        group.flush();

        assertThat(reopened(log).group(1).recovered().entries()).singleElement()
                .satisfies(e -> assertThat(e.payload()).hasSize(8 << 10));
    }

    @Test
    void aGapOrATermThatGoesBackIsRefused() {
        GroupLog group = open(files).group(1);
        group.persistVote(5, bytes("a"));
        group.append(1, 5, bytes("e"));

        assertThatThrownBy(() -> group.append(3, 5, bytes("e")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> group.persistVote(4, bytes("")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> group.append(2, 5, new byte[9 << 10]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChangedGroupNoLongerTellsWhatWasRecovered() {
        GroupLog group = open(files).group(1);
        group.append(1, 1, bytes("e"));

        assertThatThrownBy(group::recovered).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedLogTakesNothing() {
        SegmentedRaftLog log = open(files);
        GroupLog group = log.group(1);
        log.close();
        group.append(1, 1, bytes("late"));

        assertThatThrownBy(group::flush).isInstanceOfSatisfying(RaftLogException.class,
                e -> assertThat(e.failure()).isInstanceOf(LogFailure.LogClosed.class));
        assertThat(log.poisoned()).isEmpty();
    }
}
