package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup.ProposalCallback;
import io.quorate.kv.raft.StateMachine;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.log.FileChannelLogFiles;
import io.quorate.kv.raft.log.LogListener;
import io.quorate.kv.raft.log.LogSettings;
import io.quorate.kv.raft.log.SegmentedRaftLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Proposals a second through a group of one member with every acknowledgement on disk. Arguments: a directory on the
 * disk to measure, and seconds per window.
 */
public final class RaftGroupBenchmark {
    private static final int ENTRY_BYTES = 100;
    private static final int[] WINDOWS = {1, 16, 128};
    private static final RaftMember SELF = new RaftMember(new UUID(1, 1), "n1");

    private RaftGroupBenchmark() {}

    private static final class Counter implements StateMachine {
        private volatile long applied;

        @Override
        public long durableIndex() {
            return 0;
        }

        @Override
        public Object apply(long index, long term, byte[] entry) {
            applied = index;
            return "";
        }

        @Override
        public void applyEmpty(long index, long term) {
            applied = index;
        }

        @Override
        public long flush() {
            return applied;
        }

        @Override
        public long checkpoint(Path directory) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void restore(Path directory) {
            throw new UnsupportedOperationException();
        }
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Duration each = Duration.ofSeconds(Long.parseLong(args[1]));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        RaftTransport nowhere = new Firewall((task, delay) -> {}, new Random(1)).transportOf("n1");
        try (SegmentedRaftLog log = SegmentedRaftLog.open(directory, new FileChannelLogFiles(),
                LogSettings.defaults(),
                LogListener.none());
                var background = Executors.newSingleThreadExecutor();
                HazelcastRaftGroup group = HazelcastRaftGroup
                        .open(new GroupSetup(0, SELF, List.of(SELF),
                                RaftSettings.forNodeWithGroups(1), nowhere,
                                (member, id, atLeast) -> CompletableFuture
                                        .failedFuture(new AssertionError()),
                                log.group(0),
                                new Counter(), background, new Random()), timer)) {
            while (!group.leadership().serving()) {
                Thread.onSpinWait();
            }
            for (int window : WINDOWS) {
                measure(group, window, each.dividedBy(2));
            }
            for (int window : WINDOWS) {
                System.out.println(measure(group, window, each));
            }
        } finally {
            timer.shutdownNow();
        }
    }

    private static String measure(HazelcastRaftGroup group, int window, Duration duration)
            throws InterruptedException {
        ConcurrentHistogram micros = new ConcurrentHistogram(10_000_000, 3);
        Semaphore free = new Semaphore(window);
        long term = group.leadership().term();
        long start = System.nanoTime();
        while (System.nanoTime() - start < duration.toNanos()) {
            free.acquire();
            long sent = System.nanoTime();
            group.propose(term, new byte[ENTRY_BYTES], new ProposalCallback() {
                @Override
                public void committed(long index, Object applied) {
                    micros.recordValue(Math.min(10_000_000, (System.nanoTime() - sent) / 1_000));
                    free.release();
                }

                @Override
                public void failed(RaftFailure failure) {
                    throw new IllegalStateException("refused: " + failure);
                }
            });
        }
        free.acquire(window);
        double seconds = (System.nanoTime() - start) / 1e9;
        return String.format("window=%d proposals/s=%.0f p50us=%d p99us=%d", window,
                micros.getTotalCount() / seconds, micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(99));
    }
}
