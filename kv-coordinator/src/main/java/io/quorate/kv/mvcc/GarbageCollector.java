package io.quorate.kv.mvcc;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes one group's unreachable versions and expired retry records in the background, a bounded
 * number of rows a tick.
 *
 * <p>Each replica collects by itself: what is deleted lies below the logged safe point, or beyond the
 * retry window of log time, where neither a reader nor a command can see it, so replicas differ in
 * bytes and never in answers. A tick that fails is skipped and logged, the next one goes on where the
 * last good batch ended; the next tick is scheduled when one has ended, so ticks never pile up.
 */
public final class GarbageCollector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);

    private final int groupId;
    private final MvccEngine engine;
    private final Pace pace;
    private GcCursor cursor = GcCursor.START;
    private @Nullable Future<?> ticks;

    /**
     * How much is done how often.
     *
     * @param pause between the end of a tick and the next one
     * @param rowsPerBatch most rows one batch looks at, at least 2; applying waits while the rows it
     *        found are deleted
     * @param batchesPerTick most batches of a tick
     */
    public record Pace(Duration pause, int rowsPerBatch, int batchesPerTick) {
        public Pace {
            if (rowsPerBatch < 2 || batchesPerTick < 1 || pause.isNegative() || pause.isZero()) {
                throw new IllegalArgumentException("pace out of range: " + pause + ", "
                        + rowsPerBatch + ", " + batchesPerTick);
            }
        }

        /** 64 batches of 512 rows, a second apart. */
        public static Pace defaults() {
            return new Pace(Duration.ofSeconds(1), 512, 64);
        }
    }

    public GarbageCollector(int groupId, MvccEngine engine, Pace pace) {
        this.groupId = groupId;
        this.engine = engine;
        this.pace = pace;
    }

    /** Begins to tick on an executor that belongs to the caller. */
    public synchronized void start(ScheduledExecutorService executor) {
        if (ticks != null) {
            throw new IllegalStateException("started already");
        }
        long nanos = pace.pause().toNanos();
        ticks = executor.scheduleWithFixedDelay(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** One tick; ends early once everything was looked at. Returns how many rows were deleted. */
    synchronized int collect() {
        int deleted = 0;
        for (int batch = 0; batch < pace.batchesPerTick(); batch++) {
            MvccEngine.Collected collected = engine.collect(cursor, pace.rowsPerBatch());
            cursor = collected.next();
            deleted += collected.deleted();
            if (collected.complete()) {
                break;
            }
        }
        return deleted;
    }

    private void tick() {
        try {
            int deleted = collect();
            if (deleted > 0) {
                LOG.debug("garbage collected group={} rows={}", groupId, deleted);
            }
        } catch (RuntimeException failure) {
            LOG.warn("garbage collection tick skipped group={}", groupId, failure);
        }
    }

    /** Stops ticking; a tick that runs ends first. */
    @Override
    public synchronized void close() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }
}
