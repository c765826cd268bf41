package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.log.FaultyLogFiles;
import io.quorate.kv.raft.log.GroupLog;
import io.quorate.kv.raft.log.LogFailure;
import io.quorate.kv.raft.log.LogListener;
import io.quorate.kv.raft.log.LogSettings;
import io.quorate.kv.raft.log.RaftLogException;
import io.quorate.kv.raft.log.SegmentedRaftLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A member's disk: it can lose what was not forced, and fail. */
interface MemberDisk extends AutoCloseable {
    /** Makes a member's disk. */
    @FunctionalInterface
    interface Maker {
        MemberDisk make(String member, Random random);
    }

    /** The log in the member's next life; told how long each force took. */
    GroupLog open(Consumer<Duration> forced);

    /** The power fails: what was not forced may be lost. */
    void crash();

    /** Every force fails until the next crash. */
    void failForces();

    @Override
    void close();

    /** A log cannot say its goodbye to a disk that is gone; its threads end all the same. */
    private static void closeOnADiskThatMayBeDead(SegmentedRaftLog log) {
        try {
            log.close();
        } catch (RaftLogException dead) {
            assertThat(dead.failure()).isInstanceOf(LogFailure.DiskFailed.class);
        }
    }

    /** A log in memory, quick. */
    static MemberDisk inMemory(String member, Random random) {
        InMemoryGroupLog log = new InMemoryGroupLog(0);
        return new MemberDisk() {
            @Override
            public GroupLog open(Consumer<Duration> forced) {
                log.onForce(
                        () -> forced.accept(Duration.ofNanos(100_000 + random.nextLong(900_000))));
                return log;
            }

            @Override
            public void crash() {
                log.failFlushes(null);
                int unflushed = log.unflushedChanges();
                log.crash(unflushed == 0 ? 0 : random.nextInt(unflushed + 1));
            }

            @Override
            public void failForces() {
                log.failFlushes(new IllegalStateException("the disk failed"));
            }

            @Override
            public void close() {}
        };
    }

    /** The log that ships, on files that tear, lose and fail. */
    static MemberDisk segmented(String member, Random random) {
        return new MemberDisk() {
            private FaultyLogFiles files = new FaultyLogFiles(random);
            private @Nullable SegmentedRaftLog log;

            @Override
            public GroupLog open(Consumer<Duration> forced) {
                SegmentedRaftLog opened = SegmentedRaftLog.open(Path.of("/", member), files,
                        LogSettings.defaults().withSegments(4_096, 16_384).withMinimumFree(0),
                        LogListener.none());
                log = opened;
                return opened.group(0);
            }

            @Override
            public void crash() {
                files = files.powerLoss();
                close();
            }

            @Override
            public void failForces() {
                files.failForceAfter(0);
            }

            @Override
            public void close() {
                SegmentedRaftLog opened = log;
                log = null;
                if (opened != null) {
                    closeOnADiskThatMayBeDead(opened);
                }
            }
        };
    }
}
