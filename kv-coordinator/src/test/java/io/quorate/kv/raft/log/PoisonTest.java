package io.quorate.kv.raft.log;

import static io.quorate.kv.raft.log.LogFixture.bytes;
import static io.quorate.kv.raft.log.LogFixture.entries;
import static io.quorate.kv.raft.log.LogFixture.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.raft.log.LogFailure.DiskFailed;
import io.quorate.kv.raft.log.LogFailure.DiskFull;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first failed write or fsync is the last thing the log does. */
class PoisonTest {

    private final FaultyLogFiles files = new FaultyLogFiles(new Random(3));
    private final SegmentedRaftLog log = open(files);

    private void assertFlushFails(GroupLog group, Class<? extends LogFailure> failure) {
        assertThatThrownBy(group::flush).isInstanceOfSatisfying(RaftLogException.class,
                e -> assertThat(e.failure()).isInstanceOf(failure));
    }

    @Test
    void aFailedFsyncIsNeverTriedAgain() {
        log.group(1).append(1, 1, bytes("e"));
        files.failForceAfter(0);
        assertFlushFails(log.group(1), DiskFailed.class);
        long forces = files.forces();

        log.group(2).append(1, 1, bytes("other group"));
        assertFlushFails(log.group(1), DiskFailed.class);
        assertFlushFails(log.group(2), DiskFailed.class);

        assertThat(files.forces()).isEqualTo(forces);
    }

    @Test
    void aFailedWriteFailsEverythingAfterIt() {
        log.group(1).append(1, 1, bytes("e"));
        files.failWriteAfter(0);

        assertFlushFails(log.group(1), DiskFailed.class);
        assertFlushFails(log.group(1), DiskFailed.class);
    }

    @Test
    void aGroupWithNothingToFlushLearnsOfThePoisonToo() {
        log.group(1).append(1, 1, bytes("e"));
        files.failForceAfter(0);
        assertFlushFails(log.group(1), DiskFailed.class);

        assertFlushFails(log.group(2), DiskFailed.class);
    }

    @Test
    void theCauseIsKeptAndToldOnce() {
        List<Throwable> told = new ArrayList<>();
        log.onPoison(told::add);
        log.group(1).append(1, 1, bytes("e"));
        files.failForceAfter(0);
        assertFlushFails(log.group(1), DiskFailed.class);
        assertFlushFails(log.group(1), DiskFailed.class);

        assertThat(told).hasSize(1);
        assertThat(log.poisoned()).contains(told.getFirst());
        assertThat(told.getFirst()).hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("fsync failed (scripted)");
    }

    @Test
    void whoAsksLateIsToldAtOnce() {
        log.group(1).append(1, 1, bytes("e"));
        files.failForceAfter(0);
        assertFlushFails(log.group(1), DiskFailed.class);
        List<Throwable> told = new ArrayList<>();

        log.onPoison(told::add);

        assertThat(told).hasSize(1);
    }

    @Test
    void aListenerThatFailsDoesNotHideThePoison() {
        List<Throwable> told = new ArrayList<>();
        log.onPoison(cause -> {
            throw new IllegalStateException("broken listener");
        });
        log.onPoison(told::add);
        log.group(1).append(1, 1, bytes("e"));
        files.failForceAfter(0);

        assertFlushFails(log.group(1), DiskFailed.class);
        assertThat(told).hasSize(1);
    }

    @Test
    void whatWasAcknowledgedBeforeThePoisonIsThereAfterIt() {
        log.group(1).append(1, 1, bytes("acknowledged"));
        log.group(1).flush();
        log.group(1).append(2, 1, bytes("failed"));
        files.failForceAfter(0);
        assertFlushFails(log.group(1), DiskFailed.class);

        SegmentedRaftLog next = open(files.powerLoss());

        assertThat(entries(next.group(1).recovered()).getFirst()).isEqualTo("1:1:acknowledged");
    }

    @Test
    void whatAFailedFsyncLeftInTheCacheIsWrittenAgainBeforeAnythingIsAcknowledged() {
        log.group(1).append(1, 1, bytes("in the cache only"));
        files.failForceAfter(0);
        assertFlushFails(log.group(1), DiskFailed.class);
        FaultyLogFiles sameMachine = files.kill();
        List<String> readAfterRestart = entries(open(sameMachine).group(1).recovered());

        List<String> readAfterPowerLoss = entries(
                open(sameMachine.powerLoss()).group(1).recovered());

        assertThat(readAfterRestart).containsExactly("1:1:in the cache only");
        assertThat(readAfterPowerLoss).isEqualTo(readAfterRestart);
    }

    @Test
    void aFullDiskIsToldFromABrokenOne() {
        files.limitCapacity(files.usedBytes() + 1000);
        GroupLog group = log.group(1);

        assertThatThrownBy(() -> {
            for (int i = 1; i < 100; i++) {
                group.append(i, 1, new byte[500]);
                group.flush();
            }
        }).isInstanceOfSatisfying(RaftLogException.class,
                e -> assertThat(e.failure()).isInstanceOf(DiskFull.class));
        assertThat(log.poisoned()).isPresent();
    }

    @Test
    void lowSpaceIsKnownBeforeTheDiskIsFull() throws IOException {
        LogSettings settings = LogFixture.settings(1).withMinimumFree(20_000);
        List<Boolean> told = new ArrayList<>();
        LogListener listener = new LogListener() {
            @Override
            public void spaceLow(boolean low, long freeBytes) {
                told.add(low);
            }
        };
        SegmentedRaftLog watched = SegmentedRaftLog
                .open(new LogContext(LogFixture.DIRECTORY.resolve("watched"), files, settings,
                        listener), false);
        assertThat(watched.isLowOnSpace()).isFalse();

        files.limitCapacity(files.usedBytes() + 10_000);
        watched.maintain();
        assertThat(watched.isLowOnSpace()).isTrue();
        watched.group(1).append(1, 1, bytes("still taken"));
        watched.group(1).flush();

        files.limitCapacity(1 << 20);
        watched.maintain();
        assertThat(watched.isLowOnSpace()).isFalse();
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void shortWritesAreCompleted() {
        files.shortenWrites();
        for (int i = 1; i <= 20; i++) {
            log.group(1).append(i, 1, new byte[300]);
        }
        log.group(1).flush();

        assertThat(open(files.powerLoss()).group(1).recovered().entries()).hasSize(20);
    }
}
