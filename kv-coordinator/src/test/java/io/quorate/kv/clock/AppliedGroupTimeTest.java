package io.quorate.kv.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.HybridTimestamp;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AppliedGroupTimeTest {
    private static final long START = 1_800_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final AtomicLong wall = new AtomicLong(START);
    private final AtomicLong tick = new AtomicLong(-5);

    @Test
    void groupWithoutStampsBeginsAtWallTime() {
        assertThat(opened(0).nowMillis()).isEqualTo(START);
    }

    @Test
    void timeContinuesFromTheLastAppliedStampAfterARestart() {
        AppliedGroupTime time = opened(HybridTimestamp.of(START - 90_000, 0));
        pass(2_000);

        assertThat(time.nowMillis()).isEqualTo(START - 88_000);
    }

    @Test
    void timeRunsWithTheMonotonicClock() {
        AppliedGroupTime time = opened(stamp(START));
        tick.addAndGet(10 * SECOND_NANOS);

        assertThat(time.nowMillis()).isEqualTo(START + 10_000);
    }

    @Test
    void timeIsNeverBehindAnAppliedStamp() {
        AppliedGroupTime time = opened(stamp(START));
        time.applied(stamp(START + 7_000));

        assertThat(time.nowMillis()).isEqualTo(START + 7_000);
    }

    @Test
    void olderStampMovesNothing() {
        AppliedGroupTime time = opened(stamp(START));
        time.applied(stamp(START + 7_000));
        time.applied(stamp(START + 6_500));

        assertThat(time.nowMillis()).isEqualTo(START + 7_000);
    }

    @Test
    void wallClockThatJumpsAheadIsFollowedByFiveHundredPpm() {
        AppliedGroupTime time = opened(stamp(START));
        time.applied(stamp(START));
        wall.addAndGet(3_600_000);

        long end = stampForSeconds(time, 1_000);

        assertThat(end - START - 1_000_000).isBetween(400L, 500L);
    }

    @Test
    void wallClockThatJumpsBackSlowsTimeByFiveHundredPpm() {
        AppliedGroupTime time = opened(stamp(START));
        time.applied(stamp(START));
        wall.addAndGet(-3_600_000);

        long end = stampForSeconds(time, 1_000);

        assertThat(end - START - 1_000_000).isBetween(-500L, -400L);
    }

    @Test
    void smallErrorOfTheWallClockIsCaughtUpAndNotOvershot() {
        AppliedGroupTime time = opened(stamp(START));
        time.applied(stamp(START));
        wall.addAndGet(100);

        long end = stampForSeconds(time, 600);

        assertThat(wall.get() - end).isBetween(-1L, 1L);
    }

    @Test
    void replicaThatRunsAheadOfTheStampsSlowsDown() {
        AppliedGroupTime time = opened(stamp(START));
        time.applied(stamp(START + 10_000));
        for (int second = 1; second <= 1_000; second++) {
            pass(1_000);
            time.applied(stamp(START + second * 1_000L));
        }

        assertThat(time.nowMillis() - START - 1_000_000).isBetween(8_900L, 9_100L);
    }

    @Test
    void timeNeverGoesBackWhateverTheWallClockDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AppliedGroupTime time = opened(stamp(START));
        HybridLogicalClock clock = new HybridLogicalClock(time);
        long last = time.nowMillis();
        for (int i = 0; i < 100_000; i++) {
            tick.addAndGet(random.nextInt(300_000_000));
            wall.set(START + random.nextInt(7_200_000) - 3_600_000);
            if (random.nextBoolean()) {
                long stamp = clock.next();
                time.applied(stamp - ((long) random.nextInt(3_000) << 16));
            }
            long now = time.nowMillis();
            assertThat(now).as("seed %d", seed).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }

    private AppliedGroupTime opened(long lastAppliedStamp) {
        return new AppliedGroupTime(wall::get, tick::get, lastAppliedStamp);
    }

    private void pass(long millis) {
        wall.addAndGet(millis);
        tick.addAndGet(millis * 1_000_000);
    }

    /** A leader that stamps ten times a second and applies what it stamped. */
    private long stampForSeconds(AppliedGroupTime time, int seconds) {
        HybridLogicalClock clock = new HybridLogicalClock(time);
        for (int i = 0; i < seconds * 10; i++) {
            pass(100);
            time.applied(clock.next());
        }
        return time.nowMillis();
    }

    private static long stamp(long millis) {
        return HybridTimestamp.of(millis, 0);
    }
}
