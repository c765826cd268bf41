package io.quorate.kv.clock;

import io.quorate.kv.HybridTimestamp;

/**
 * Gives the stamps of one group's entries: strictly increasing, never behind an observed stamp, and
 * as close to the group's time as that allows (Kulkarni et al., "Logical Physical Clocks", 2014).
 *
 * <p>The physical part is group time and not the raw wall clock, so a jump of the wall clock reaches
 * no stamp. When the 16-bit counter is full, the stamp borrows from the milliseconds: stamps run
 * ahead of the physical part until it has caught up.
 *
 * <p>Safe for any thread. One instance a group and process; a leader stamps only after it has applied
 * its own term's first entry, so it has observed every stamp before it.
 */
public final class HybridLogicalClock {
    private final AppliedGroupTime time;
    private long last;

    /** Makes the clock of the group with this time, whose applied stamps it observes by itself. */
    public HybridLogicalClock(AppliedGroupTime time) {
        this.time = time;
    }

    /** The next stamp: greater than every stamp given or observed before. */
    public long next() {
        return next(1);
    }

    /**
     * Reserves this many consecutive stamps and returns the first.
     *
     * @param count at least 1
     */
    public synchronized long next(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count out of range: " + count);
        }
        long physical = HybridTimestamp.of(time.millisForStamp(), 0);
        long first = Math.max(Math.max(last, time.lastAppliedStamp()) + 1, physical);
        last = first + count - 1;
        return first;
    }

    /** Notes a stamp given elsewhere and not applied here; every later stamp is greater. */
    public synchronized void observe(long stamp) {
        last = Math.max(last, stamp);
    }
}
