package io.quorate.kv.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.HybridTimestamp;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HybridLogicalClockTest {
    private static final long START = 1_800_000_000_000L;

    private final AtomicLong wall = new AtomicLong(START);
    private final AtomicLong tick = new AtomicLong();
    private final AppliedGroupTime time = new AppliedGroupTime(wall::get, tick::get, 0);
    private final HybridLogicalClock clock = new HybridLogicalClock(time);

    @Test
    void stampsRiseWhileTimeStandsStill() {
        long first = clock.next();

        assertThat(first).isEqualTo(HybridTimestamp.of(START, 0));
        assertThat(clock.next()).isEqualTo(HybridTimestamp.of(START, 1));
    }

    @Test
    void reservedStampsAreGivenToNobodyElse() {
        long first = clock.next(100);

        assertThat(clock.next()).isEqualTo(first + 100);
    }

    @Test
    void fullCounterBorrowsFromTheMilliseconds() {
        clock.next(0x10000);

        assertThat(clock.next()).isEqualTo(HybridTimestamp.of(START + 1, 0));
    }

    @Test
    void stampsNeverFallBehindAnObservedOne() {
        long elsewhere = HybridTimestamp.of(START + 5_000, 9);
        clock.observe(elsewhere);

        assertThat(clock.next()).isEqualTo(elsewhere + 1);
    }

    @Test
    void appliedStampsAreObserved() {
        long applied = HybridTimestamp.of(START + 5_000, 9);
        time.applied(applied);

        assertThat(clock.next()).isEqualTo(applied + 1);
    }

    @Test
    void jumpOfTheWallClockReachesNoStamp() {
        time.applied(clock.next());
        wall.addAndGet(3_600_000);
        tick.addAndGet(1_000_000_000L);

        long stamp = clock.next();

        assertThat(HybridTimestamp.millis(stamp)).isEqualTo(START + 1_000);
    }

    @Test
    void firstStampAfterARestartCountsTheTimeTheProcessWasDown() {
        long last = HybridTimestamp.of(START - 60_000, 3);
        AppliedGroupTime restarted = new AppliedGroupTime(wall::get, tick::get, last);

        assertThat(HybridTimestamp.millis(new HybridLogicalClock(restarted).next()))
                .isEqualTo(START);
    }

    @Test
    void firstStampAfterARestartWithTheWallClockSetBackFollowsTheLast() {
        long last = HybridTimestamp.of(START + 60_000, 3);
        AppliedGroupTime restarted = new AppliedGroupTime(wall::get, tick::get, last);

        assertThat(new HybridLogicalClock(restarted).next()).isEqualTo(last + 1);
    }

    @Test
    void stampsOfManyThreadsAreUnique() throws InterruptedException {
        int threads = 4;
        int each = 5_000;
        ConcurrentSkipListSet<Long> stamps = new ConcurrentSkipListSet<>();
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().start(() -> {
                for (int n = 0; n < each; n++) {
                    stamps.add(clock.next());
                }
                done.countDown();
            });
        }
        done.await();

        assertThat(stamps).hasSize(threads * each);
    }

    @Test
    void noStampsCannotBeReserved() {
        assertThatThrownBy(() -> clock.next(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
