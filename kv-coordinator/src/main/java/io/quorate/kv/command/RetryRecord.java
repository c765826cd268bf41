package io.quorate.kv.command;

import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.Value;
import java.time.Duration;

/**
 * What is kept of an applied command with a retry id.
 *
 * @param answer what it answered
 * @param commitTs its stamp
 */
public record RetryRecord(Value answer, long commitTs) {
    /** How long of log time a record is found. */
    public static final Duration WINDOW = Duration.ofMinutes(10);
    /** Longest answer kept, in bytes. */
    public static final int MAX_ANSWER = 32 * 1024;

    /** Whether a command with this stamp comes too late to find the record. */
    public boolean isExpiredAt(long stamp) {
        return isExpired(commitTs, stamp);
    }

    /** Whether a record of the first stamp is no longer found by a command with the second. */
    public static boolean isExpired(long commitTs, long stamp) {
        return HybridTimestamp.millis(stamp) - HybridTimestamp.millis(commitTs) >= WINDOW
                .toMillis();
    }
}
