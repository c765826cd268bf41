package io.quorate.s3.model;

/**
 * Until when a version may not be deleted. Source: S3 user guide, "Locking objects with Object Lock".
 *
 * @param mode who may pass over it
 * @param untilMillis the end, exclusive
 */
public record Retention(Mode mode, long untilMillis) {
    /** Who may pass over a retention. */
    public enum Mode {
        /** Whoever has the permission and says so. */
        GOVERNANCE,
        /** Nobody. */
        COMPLIANCE
    }

    /** Whether it still protects the version. */
    public boolean holds(long nowMillis, boolean bypassGovernance) {
        return nowMillis < untilMillis && (mode == Mode.COMPLIANCE || !bypassGovernance);
    }
}
