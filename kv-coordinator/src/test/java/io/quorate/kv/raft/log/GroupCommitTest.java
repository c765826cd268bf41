package io.quorate.kv.raft.log;

import static io.quorate.kv.raft.log.LogFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final int GROUPS = 8;

    private final FaultyLogFiles disk = new FaultyLogFiles(new Random(3));
    private final GatedFiles files = new GatedFiles(disk);
    private final List<Integer> groupsPerForce = new ArrayList<>();
    private final SegmentedRaftLog log = SegmentedRaftLog.open(
            new LogContext(LogFixture.DIRECTORY, files,
                    LogFixture.settings(1).withSegments(1 << 16, 1 << 16),
                    new LogListener() {
                        @Override
                        public void forced(long forceNanos, long bytes, int groups) {
                            groupsPerForce.add(groups);
                        }
                    }),
            false);
    private final ExecutorService threads = Executors.newFixedThreadPool(GROUPS);

    /** Holds every force until the gate opens, and remembers who forced. */
    private static final class GatedFiles implements LogFiles {

        private final LogFiles real;
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicReference<Thread> lastForcer = new AtomicReference<>();

        GatedFiles(LogFiles real) {
            this.real = real;
        }

        @Override
        public void createDirectories(Path directory) throws IOException {
            real.createDirectories(directory);
        }

        @Override
        public List<Path> list(Path directory) throws IOException {
            return real.list(directory);
        }

        @Override
        public LogFile open(Path file, Mode mode) throws IOException {
            return new GatedFile(real.open(file, mode));
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            real.rename(from, to);
        }

        @Override
        public void delete(Path file) throws IOException {
            real.delete(file);
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            real.syncDirectory(directory);
        }

        @Override
        public long freeBytes(Path directory) throws IOException {
            return real.freeBytes(directory);
        }

        private final class GatedFile implements LogFile {

            private final LogFile real;

            GatedFile(LogFile real) {
                this.real = real;
            }

            @Override
            public int write(ByteBuffer source, long position) throws IOException {
                return real.write(source, position);
            }

            @Override
            public int read(ByteBuffer target, long position) throws IOException {
                return real.read(target, position);
            }

            @Override
            public void force() throws IOException {
                lastForcer.set(Thread.currentThread());
                waiting.incrementAndGet();
                try {
                    if (!gate.await(30, TimeUnit.SECONDS)) {
                        throw new IOException("gate never opened");
                    }
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                waiting.decrementAndGet();
                real.force();
            }

            @Override
            public void preallocate(long size) throws IOException {
                real.preallocate(size);
            }

            @Override
            public void truncate(long size) throws IOException {
                real.truncate(size);
            }

            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        }
    }

    @AfterEach
    void stop() {
        files.gate.countDown();
        threads.shutdownNow();
    }

    private CompletableFuture<Void> flushInBackground(int group) {
        return CompletableFuture.runAsync(() -> {
            GroupLog handle = log.group(group);
            handle.append(handle.lastIndex() + 1, 1, bytes("of " + group));
            handle.flush();
        }, threads);
    }

    /** One group in the middle of its force, and all others waiting behind it. */
    private List<CompletableFuture<Void>> oneForcesAndSevenWait() {
        files.gate = new CountDownLatch(1);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        all.add(flushInBackground(0));
        await().untilAtomic(files.waiting, org.hamcrest.Matchers.is(1));
        for (int group = 1; group < GROUPS; group++) {
            all.add(flushInBackground(group));
        }
        await().until(() -> log.waitingGroups() == GROUPS - 1);
        return all;
    }

    @Test
    void aGroupThatIsAloneForcesOnItsOwnThread() {
        log.group(1).append(1, 1, bytes("e"));
        log.group(1).flush();

        assertThat(files.lastForcer.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void oneForceServesAllThatGatheredMeanwhile() {
        groupsPerForce.clear();
        List<CompletableFuture<Void>> all = oneForcesAndSevenWait();

        files.gate.countDown();
        all.forEach(CompletableFuture::join);

        assertThat(groupsPerForce).containsExactly(1, GROUPS - 1);
    }

    @Test
    void nobodyReturnsBeforeTheForceDoes() {
        List<CompletableFuture<Void>> all = oneForcesAndSevenWait();

        assertThat(all).noneMatch(CompletableFuture::isDone);
        assertThat(LogFixture.read(log.group(0), 1, 2, 100)).isEmpty();
    }

    @Test
    void aFailedForceFailsAllWhoWait() {
        List<CompletableFuture<Void>> all = oneForcesAndSevenWait();
        disk.failForceAfter(0);

        files.gate.countDown();

        assertThat(all).allSatisfy(flush -> assertThatThrownBy(flush::join)
                .hasCauseInstanceOf(RaftLogException.class));
        assertThat(log.poisoned()).isPresent();
    }

    @Test
    void anInterruptedGroupStillFlushesAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        log.group(1).append(1, 1, bytes("e"));
        log.group(1).flush();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(LogFixture.read(log.group(1), 1, 2, 100)).hasSize(1);
    }

    @Test
    void aBatchIsBoundedInBytes() {
        groupsPerForce.clear();
        files.gate = new CountDownLatch(1);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            GroupLog handle = log.group(group);
            handle.append(1, 1, new byte[3000]);
            all.add(CompletableFuture.runAsync(handle::flush, threads));
        }
        await().until(() -> log.waitingGroups() == GROUPS - 1);

        files.gate.countDown();
        all.forEach(CompletableFuture::join);

        assertThat(groupsPerForce).containsExactly(1, 2, 2, 2, 1);
    }
}
