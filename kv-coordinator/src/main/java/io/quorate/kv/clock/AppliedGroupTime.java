package io.quorate.kv.clock;

import io.quorate.kv.HybridTimestamp;

/**
 * Group time as one replica keeps it: it runs with the replica's monotonic clock from an anchor that
 * applied stamps push forward.
 *
 * <ul>
 * <li>It never lies behind an applied stamp and never goes back.
 * <li>Whoever stamps slews it towards wall time by at most {@value #WALL_SLEW_PPM} ppm, so that a
 * wall clock that jumps by an hour moves it by 1.8 s in the next hour. A replica that only applies
 * follows the stamps: once it is {@value #LAG_ALLOWANCE_MILLIS} ms ahead of a fresh one it slows
 * down by {@value #STAMP_SLEW_PPM} ppm.
 * <li>After a restart it continues from the last applied stamp until the next stamp is applied. The
 * monotonic clock cannot tell how long the process was down, so the first stamp that is
 * <em>given</em> here before any was applied may use wall time, if that is ahead. The same holds for
 * a group that has never applied a stamp.
 * </ul>
 *
 * <p>Safe for any thread; reading takes no lock.
 */
public final class AppliedGroupTime implements GroupTime {
    /** Most parts per million by which wall time speeds it up or slows it down. */
    public static final int WALL_SLEW_PPM = 500;
    /** Parts per million by which a replica that is ahead of the stamps slows down. */
    public static final int STAMP_SLEW_PPM = 1_000;
    /** How far behind a stamp may be applied before the replica counts as ahead. */
    public static final int LAG_ALLOWANCE_MILLIS = 1_000;

    private static final long HORIZON_NANOS = 1_000_000_000L;
    private static final long HORIZON_MICROS = HORIZON_NANOS / 1_000;
    /** A correction holds for a horizon; renewing it more often than this gains nothing. */
    private static final long STEER_INTERVAL_NANOS = 100_000_000L;

    private final WallClock wall;
    private final Ticker ticker;
    private volatile Anchor anchor;
    private volatile long lastStamp;
    private volatile boolean anchoredByStamp;

    /**
     * Begins at the last applied stamp, or at wall time where there is none.
     *
     * @param lastAppliedStamp {@link HybridTimestamp} bits; 0 if no stamp was ever applied
     */
    public AppliedGroupTime(WallClock wall, Ticker ticker, long lastAppliedStamp) {
        this.wall = wall;
        this.ticker = ticker;
        this.lastStamp = lastAppliedStamp;
        long millis = lastAppliedStamp == 0
                ? wall.currentMillis()
                : HybridTimestamp.millis(lastAppliedStamp);
        this.anchor = new Anchor(millis * 1_000, ticker.nanos(), 0);
    }

    @Override
    public long nowMillis() {
        return anchor.micros(ticker.nanos()) / 1_000;
    }

    /** Notes a stamp that was applied on this replica; called on the thread that applies. */
    public void applied(long stamp) {
        lastStamp = stamp;
        anchoredByStamp = true;
        long stampMillis = HybridTimestamp.millis(stamp);
        long behindMillis = nowMillis() - stampMillis;
        if (behindMillis < 0) {
            advanceTo(stampMillis);
        } else if (behindMillis > LAG_ALLOWANCE_MILLIS) {
            slew(LAG_ALLOWANCE_MILLIS - behindMillis, STAMP_SLEW_PPM);
        }
    }

    /** The last applied stamp, 0 before the first. */
    public long lastAppliedStamp() {
        return lastStamp;
    }

    /** The physical part for the next stamp; only the group's leader asks. Steers towards wall time. */
    long millisForStamp() {
        long wallMillis = wall.currentMillis();
        long now = nowMillis();
        if (!anchoredByStamp) {
            return Math.max(now, wallMillis);
        }
        slew(wallMillis - now, WALL_SLEW_PPM);
        return now;
    }

    private synchronized void advanceTo(long millis) {
        long tick = ticker.nanos();
        long micros = Math.max(anchor.micros(tick), millis * 1_000);
        anchor = new Anchor(micros, tick, 0);
    }

    private void slew(long errorMillis, int maxPpm) {
        if (ticker.nanos() - anchor.tick < STEER_INTERVAL_NANOS) {
            return;
        }
        synchronized (this) {
            long tick = ticker.nanos();
            long most = HORIZON_MICROS * maxPpm / 1_000_000;
            // Far errors are clamped before they are scaled, so that nothing overflows.
            long errorMicros = Math.clamp(errorMillis, -1_000L, 1_000L) * 1_000;
            anchor = new Anchor(anchor.micros(tick), tick, Math.clamp(errorMicros, -most, most));
        }
    }

    /**
     * Time as a function of the ticker: one microsecond a microsecond, plus a correction spread over
     * one horizon. The correction is far smaller than the horizon, so time never goes back.
     */
    private record Anchor(long baseMicros, long tick, long correctionMicros) {
        long micros(long now) {
            long elapsed = Math.max(0, now - tick);
            long corrected = correctionMicros * Math.min(elapsed, HORIZON_NANOS) / HORIZON_NANOS;
            return baseMicros + elapsed / 1_000 + corrected;
        }
    }
}
