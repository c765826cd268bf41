package io.quorate.s3.model;

import java.time.Duration;
import java.util.Optional;

/**
 * That the versions of a bucket can be locked, and how new ones are.
 *
 * @param rule what a version gets whose writer asks for nothing
 */
public record ObjectLock(Optional<Rule> rule) {
    /** A year of a retention, in days. */
    public static final int DAYS_OF_YEAR = 365;

    /**
     * A default retention.
     *
     * @param mode who may pass over it
     * @param count how many days, or years if {@code inYears}
     * @param inYears whether it was said in years
     */
    public record Rule(Retention.Mode mode, int count, boolean inYears) {
        /** The retention of a version that is written now. */
        public Retention from(long nowMillis) {
            long whole = inYears ? (long) count * DAYS_OF_YEAR : count;
            return new Retention(mode, nowMillis + Duration.ofDays(whole).toMillis());
        }
    }
}
