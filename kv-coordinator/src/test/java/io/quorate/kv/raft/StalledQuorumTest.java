package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A leader whose peers never answer, in real time. */
class StalledQuorumTest {
    private static final long MEGABYTE = 1 << 20;

    private final DeadlineTimer timer = new DeadlineTimer("deadlines");
    private final ScriptedRaftGroup group = new ScriptedRaftGroup().applying(Numbers::apply);
    private final LeaderVerifier verifier = new LeaderVerifier(group, timer,
            VerifierLimits.DEFAULT, VerifierListener.NONE);
    private final Proposer<Long> proposer = new Proposer<>(group, Numbers.format(), timer,
            ProposerLimits.DEFAULT, ProposerListener.NONE);

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void verificationReturnsAtItsDeadline() throws InterruptedException {
        List<Duration> deadlines = List.of(Duration.ofMillis(50), Duration.ofSeconds(1),
                Duration.ofSeconds(5));
        List<RecordedAnswer> answers = new ArrayList<>();
        List<Long> begun = new ArrayList<>();
        for (Duration deadline : deadlines) {
            RecordedAnswer answer = new RecordedAnswer();
            begun.add(System.nanoTime());
            verifier.verify(Deadline.after(deadline), answer);
            answers.add(answer);
        }

        for (int i = 0; i < deadlines.size(); i++) {
            assertReturnedAtDeadline(answers.get(i), begun.get(i), deadlines.get(i),
                    new KvFailure.DeadlineExceeded());
        }
        assertThat(verifier.waiters()).isZero();
    }

    @Test
    void aWriteReturnsAtItsDeadlineWithAnUnknownOutcome() throws InterruptedException {
        RecordedAnswer answer = new RecordedAnswer();
        long begun = System.nanoTime();

        proposer.submit(Numbers.command(1), Deadline.after(Duration.ofSeconds(2)), answer);

        assertReturnedAtDeadline(answer, begun, Duration.ofSeconds(2),
                new KvFailure.OutcomeUnknown());
    }

    @Test
    void aReaderReturnsAtItsDeadline() throws InterruptedException {
        ReadIndex readIndex = new ReadIndex(group, verifier, timer, 100);
        RecordedAnswer answer = new RecordedAnswer();
        long begun = System.nanoTime();

        readIndex.await(Deadline.after(Duration.ofSeconds(1)), answer);

        assertReturnedAtDeadline(answer, begun, Duration.ofSeconds(1),
                new KvFailure.DeadlineExceeded());
    }

    @Test
    void whoStillWaitsWhenTheQuorumHealsIsAnsweredByTheNextResend() throws InterruptedException {
        RecordedAnswer answer = new RecordedAnswer();
        verifier.verify(Deadline.after(Duration.ofSeconds(30)), answer);

        group.confirms().letAnswer("b");

        assertThat(answer.awaitTold(5)).isTrue();
        assertThat(answer.news()).containsExactly(0L);
    }

    @Test
    void tenThousandVerificationsInASecondLeaveNothingBehind() throws InterruptedException {
        flood(10_000, Duration.ofSeconds(1), Duration.ofMillis(500));
    }

    @Test
    @Tag("slow")
    void aHundredThousandVerificationsInTenSecondsLeaveNothingBehind()
            throws InterruptedException {
        flood(100_000, Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    private void flood(int callers, Duration duration, Duration deadline)
            throws InterruptedException {
        int threadsBefore = Thread.activeCount();
        long heapBefore = liveHeap();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory
                .getOperatingSystemMXBean();
        long cpuBefore = system.getProcessCpuTime();
        long begun = System.nanoTime();
        CountingAnswer answers = new CountingAnswer();
        int mostWaiters = 0;
        int mostThreads = 0;

        for (int i = 0; i < callers; i++) {
            verifier.verify(Deadline.after(deadline), answers);
            if (i % 1000 == 0) {
                mostWaiters = Math.max(mostWaiters, verifier.waiters());
                mostThreads = Math.max(mostThreads, Thread.activeCount());
            }
            pauseUntil(begun + duration.toNanos() / callers * (i + 1));
        }
        long lastDeadline = System.nanoTime() + deadline.toNanos();
        long elapsed = System.nanoTime() - begun;
        long cpu = system.getProcessCpuTime() - cpuBefore;
        pauseUntil(lastDeadline + Duration.ofMillis(100).toNanos());

        assertThat(verifier.waiters()).as("waiters 100 ms after the last deadline").isZero();
        assertThat(answers.timedOut).as("told by deadline").hasValue(callers);
        assertThat(answers.others).hasValue(0);
        assertThat(mostWaiters).isGreaterThan(1000);
        assertThat(mostThreads).as("threads").isLessThanOrEqualTo(threadsBefore + 1);
        assertThat(cpu).as("CPU over %d ms", elapsed / 1_000_000).isLessThan(elapsed);
        assertThat(liveHeap() - heapBefore).as("heap").isLessThan(4 * MEGABYTE);
        assertThat(group.confirms().broadcasts()).as("messages")
                .isLessThan(elapsed / VerifierLimits.DEFAULT.spacing().toNanos() * 2 + 200);
        System.out.printf("flood callers=%d mostWaiters=%d cpuMillis=%d elapsedMillis=%d "
                + "messages=%d%n", callers, mostWaiters, cpu / 1_000_000, elapsed / 1_000_000,
                group.confirms().broadcasts());
        assertHealedIsAnsweredWithinARoundTrip();
    }

    private void assertHealedIsAnsweredWithinARoundTrip() throws InterruptedException {
        group.confirms().letAnswer("c");
        long begun = System.nanoTime();
        RecordedAnswer first = new RecordedAnswer();
        verifier.verify(Deadline.after(Duration.ofSeconds(5)), first);
        assertThat(first.awaitTold(5)).isTrue();
        assertThat(first.news()).containsExactly(0L);
        assertThat(Duration.ofNanos(first.toldNanos() - begun)).isLessThan(Duration.ofMillis(20));
    }

    private static void assertReturnedAtDeadline(RecordedAnswer answer, long begunNanos,
            Duration deadline, KvFailure failure) throws InterruptedException {
        assertThat(answer.awaitTold(deadline.toSeconds() + 5)).isTrue();
        assertThat(answer.news()).containsExactly(failure);
        Duration taken = Duration.ofNanos(answer.toldNanos() - begunNanos);
        Duration slack = Duration.ofMillis(Math.max(50, deadline.toMillis() / 20));
        assertThat(taken).isBetween(deadline.multipliedBy(95).dividedBy(100),
                deadline.plus(slack));
    }

    private static void pauseUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime
                - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, 1_000_000));
        }
    }

    private static long liveHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Counts. */
    private static final class CountingAnswer implements LeaderVerifier.Callback {
        private final AtomicInteger timedOut = new AtomicInteger();
        private final AtomicInteger others = new AtomicInteger();

        @Override
        public void confirmed(long readIndex) {
            others.incrementAndGet();
        }

        @Override
        public void failed(KvFailure failure) {
            if (failure instanceof KvFailure.DeadlineExceeded) {
                timedOut.incrementAndGet();
            } else {
                others.incrementAndGet();
            }
        }
    }
}
