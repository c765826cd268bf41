package io.quorate.kv.raft;

import java.time.Duration;

/**
 * The bounds of a {@link LeaderVerifier}.
 *
 * @param waiters callers that wait at most
 * @param openRounds rounds that are open at most; at least two
 * @param spacing while that many are open, a caller opens one more (and the newest one's callers
 *        move on to it) if the newest is at least this old
 * @param resend an open round is asked again this often, for messages may be lost
 */
public record VerifierLimits(int waiters, int openRounds, Duration spacing, Duration resend) {
    /** 65,536 waiters; four rounds, 5 ms apart when nobody answers; asked again after 50 ms. */
    public static final VerifierLimits DEFAULT = new VerifierLimits(65_536, 4, Duration.ofMillis(5),
            Duration.ofMillis(50));

    public VerifierLimits {
        if (waiters < 1 || openRounds < 2 || !spacing.isPositive() || !resend.isPositive()) {
            throw new IllegalArgumentException(
                    waiters + ", " + openRounds + ", " + spacing + ", " + resend);
        }
    }
}
