package io.quorate.kv.leader;

/**
 * A leader took a request for one that had been under way for too long: nothing was changed. The
 * sender's notion of the group's time lies behind. Has no stack trace.
 */
final class TooOldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long logMillis;

    TooOldException(long logMillis) {
        super("the group's time is " + logMillis, null, false, false);
        this.logMillis = logMillis;
    }

    /** The group's time at the leader. */
    long logMillis() {
        return logMillis;
    }
}
