package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A leader whose peers never answer, in real time. */
class StalledQuorumTest {
    private static final long MEGABYTE = 1 << 20;
    /** No waiter is left so long after the last deadline. */
    private static final Duration AFTER_LAST_DEADLINE = Duration.ofMillis(100);

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
    void verificationReturnsAtItsDeadline() throws Exception {
        for (Duration deadline : List.of(Duration.ofMillis(50), Duration.ofSeconds(1),
                Duration.ofSeconds(5))) {
            assertReturnsAtDeadline(deadline, new KvFailure.DeadlineExceeded(), verifier::verify);
        }
        assertThat(verifier.waiters()).isZero();
    }

    @Test
    void aWriteReturnsAtItsDeadlineWithAnUnknownOutcome() throws Exception {
        assertReturnsAtDeadline(Duration.ofSeconds(2), new KvFailure.OutcomeUnknown(),
                (deadline, answer) -> proposer.submit(Numbers.command(1), deadline, answer));
    }

    @Test
    void aReaderReturnsAtItsDeadline() throws Exception {
        ReadIndex readIndex = new ReadIndex(group, verifier, timer, 100);

        assertReturnsAtDeadline(Duration.ofSeconds(1), new KvFailure.DeadlineExceeded(),
                readIndex::await);
    }

    @Test
    void whoStillWaitsWhenTheQuorumHealsIsAnsweredByTheNextResend() throws InterruptedException {
        RecordedAnswer answer = new RecordedAnswer();
        verifier.verify(Deadline.after(Duration.ofSeconds(30)), answer);

        group.confirms().letAnswer("b");

        assertThat(answer.awaitTold()).isTrue();
        assertThat(answer.news()).containsExactly(0L);
    }

    @Test
    void tenThousandVerificationsInASecondLeaveNothingBehind() throws Exception {
        Punctual.betweenAsTimed(Duration.ofDays(-1), AFTER_LAST_DEADLINE,
                () -> flood(10_000, Duration.ofSeconds(1), Duration.ofMillis(500)));
    }

    @Test
    @Tag("slow")
    void aHundredThousandVerificationsInTenSecondsLeaveNothingBehind()
            throws Exception {
        Punctual.betweenAsTimed(Duration.ofDays(-1), AFTER_LAST_DEADLINE,
                () -> flood(100_000, Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    private Duration flood(int callers, Duration duration, Duration deadline) throws Exception {
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
        await().pollInterval(Duration.ofMillis(1)).until(() -> verifier.waiters() == 0);
        Duration late = Duration.ofNanos(System.nanoTime() - lastDeadline);

        await().untilAsserted(
                () -> assertThat(answers.timedOut).as("told by deadline").hasValue(callers));
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
        return late;
    }

    private void assertHealedIsAnsweredWithinARoundTrip() throws Exception {
        group.confirms().letAnswer("c");
        Punctual.betweenAsTimed(Duration.ZERO, Duration.ofMillis(20), () -> {
            RecordedAnswer first = new RecordedAnswer();
            long begun = System.nanoTime();
            verifier.verify(Deadline.after(Duration.ofSeconds(5)), first);
            assertThat(first.awaitTold()).isTrue();
            assertThat(first.news()).containsExactly(0L);
            return Duration.ofNanos(first.toldNanos() - begun);
        });
    }

    private static void assertReturnsAtDeadline(Duration deadline, KvFailure failure,
            BiConsumer<Deadline, RecordedAnswer> ask) throws Exception {
        Duration slack = Duration.ofMillis(Math.max(50, deadline.toMillis() / 20));
        Punctual.betweenAsTimed(deadline.multipliedBy(95).dividedBy(100), deadline.plus(slack),
                () -> {
                    RecordedAnswer answer = new RecordedAnswer();
                    long begun = System.nanoTime();
                    ask.accept(Deadline.after(deadline), answer);
                    assertThat(answer.awaitTold()).isTrue();
                    assertThat(answer.news()).containsExactly(failure);
                    return Duration.ofNanos(answer.toldNanos() - begun);
                });
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
