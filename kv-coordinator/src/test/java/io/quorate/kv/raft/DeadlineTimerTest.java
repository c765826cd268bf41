package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadlineTimerTest {
    private final ManualTime time = new ManualTime();
    private final DeadlineTimer timer = time.timer();

    @Test
    void nothingExpiresBeforeItsMomentOrLaterThanTheResolution() {
        for (int millis : new int[]{1, 3, 4, 50, 999, 16_384, 20_000, 70_000}) {
            Counter counter = new Counter();
            timer.schedule(counter, time.in(Duration.ofMillis(millis)).nanoTime());

            time.pass(Duration.ofMillis(millis).minusNanos(1));
            assertThat(counter.count).as("before %d ms", millis).hasValue(0);
            time.pass(DeadlineTimer.RESOLUTION.plusNanos(1));
            assertThat(counter.count).as("after %d ms", millis).hasValue(1);
        }
    }

    @Test
    void whatWasCancelledNeverExpires() {
        Counter counter = new Counter();
        timer.schedule(counter, time.in(Duration.ofSeconds(1)).nanoTime());

        assertThat(timer.cancel(counter)).isTrue();
        assertThat(timer.cancel(counter)).isFalse();
        time.pass(Duration.ofSeconds(2));

        assertThat(counter.count).hasValue(0);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void aMomentThatHasPassedExpiresAtTheNextTick() {
        time.pass(Duration.ofSeconds(5));
        Counter counter = new Counter();
        timer.schedule(counter, time.in(Duration.ofSeconds(-3)).nanoTime());

        time.pass(DeadlineTimer.RESOLUTION);

        assertThat(counter.count).hasValue(1);
    }

    @Test
    void aPauseLongerThanTheWheelExpiresEverythingOnce() {
        List<Counter> counters = new ArrayList<>();
        for (int i = 0; i < 30_000; i += 7) {
            Counter counter = new Counter();
            counters.add(counter);
            timer.schedule(counter, time.in(Duration.ofMillis(i)).nanoTime());
        }

        time.pass(Duration.ofSeconds(100));
        time.pass(Duration.ofSeconds(100));

        assertThat(counters).allSatisfy(counter -> assertThat(counter.count).hasValue(1));
        assertThat(timer.pending()).isZero();
    }

    @Test
    void aFullTimerRefuses() {
        DeadlineTimer small = new DeadlineTimer(2, () -> 0, Thread.ofPlatform().daemon(true));
        Counter first = new Counter();

        assertThat(small.schedule(first, 10)).isTrue();
        assertThat(small.schedule(new Counter(), 10)).isTrue();
        assertThat(small.schedule(new Counter(), 10)).isFalse();
        small.cancel(first);
        assertThat(small.schedule(new Counter(), 10)).isTrue();
    }

    @Test
    void schedulingTwiceIsABug() {
        Counter counter = new Counter();
        timer.schedule(counter, time.in(Duration.ofSeconds(1)).nanoTime());

        assertThatThrownBy(
                () -> timer.schedule(counter, time.in(Duration.ofSeconds(1)).nanoTime()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExpiryThatThrowsKeepsNoOtherWaiting() {
        Counter other = new Counter();
        timer.schedule(other, time.in(Duration.ofMillis(10)).nanoTime());
        timer.schedule(new Expiry() {
            @Override
            protected void expired() {
                throw new IllegalStateException("a bug of its owner");
            }
        }, time.in(Duration.ofMillis(10)).nanoTime());

        time.pass(Duration.ofMillis(20));

        assertThat(other.count).hasValue(1);
    }

    @Test
    void theThreadWakesForAnEarlierDeadline() throws InterruptedException {
        try (DeadlineTimer real = new DeadlineTimer("deadlines")) {
            real.schedule(new Counter(), System.nanoTime() + Duration.ofSeconds(60).toNanos());
            CountDownLatch expired = new CountDownLatch(1);

            real.schedule(new Expiry() {
                @Override
                protected void expired() {
                    expired.countDown();
                }
            }, System.nanoTime() + Duration.ofMillis(20).toNanos());

            assertThat(expired.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsPendingRunsWhenTheTimerIsClosedAndNothingIsTakenAfterwards() {
        DeadlineTimer real = new DeadlineTimer("deadlines");
        Counter waiting = new Counter();
        real.schedule(waiting, System.nanoTime() + Duration.ofDays(1).toNanos());

        real.close();

        org.awaitility.Awaitility.await().untilAtomic(waiting.count,
                org.hamcrest.Matchers.equalTo(1));
        assertThat(real.schedule(new Counter(), System.nanoTime())).isFalse();
        assertThat(real.pending()).isZero();
    }

    @Test
    void whoeverSchedulesWhileTheTimerIsClosedIsRefusedOrRuns() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            DeadlineTimer real = new DeadlineTimer("deadlines");
            List<Counter> taken = new ArrayList<>();
            Thread scheduling = Thread.ofPlatform().start(() -> {
                Counter next = new Counter();
                while (real.schedule(next, System.nanoTime() + Duration.ofHours(1).toNanos())) {
                    taken.add(next);
                    next = new Counter();
                }
            });

            real.close();
            scheduling.join();

            org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(taken)
                    .allSatisfy(counter -> assertThat(counter.count).hasValue(1)));
        }
    }

    @Test
    void everyEntryEitherExpiresOrIsCancelledUnderContention() throws InterruptedException {
        long seed = System.nanoTime();
        try (DeadlineTimer real = new DeadlineTimer("deadlines")) {
            int perThread = 20_000;
            List<Counter> counters = new ArrayList<>();
            AtomicInteger cancelled = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Random random = new Random(seed + t);
                List<Counter> own = new ArrayList<>();
                for (int i = 0; i < perThread; i++) {
                    own.add(new Counter());
                }
                counters.addAll(own);
                threads.add(Thread.ofPlatform().start(() -> {
                    for (Counter counter : own) {
                        real.schedule(counter, System.nanoTime() + random.nextInt(20_000_000));
                        if (random.nextBoolean() && real.cancel(counter)) {
                            counter.count.incrementAndGet();
                            cancelled.incrementAndGet();
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }

            org.awaitility.Awaitility.await()
                    .until(() -> real.pending() == 0);
            org.awaitility.Awaitility.await().untilAsserted(
                    () -> assertThat(counters).as("seed %d", seed)
                            .allSatisfy(counter -> assertThat(counter.count).hasValue(1)));
            assertThat(cancelled.get()).isPositive();
        }
    }

    private static final class Counter extends Expiry {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        protected void expired() {
            count.incrementAndGet();
        }
    }
}
