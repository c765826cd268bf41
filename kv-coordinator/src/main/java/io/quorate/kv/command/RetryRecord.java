package io.quorate.kv.command;

import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.Value;
import java.time.Duration;
import java.util.Optional;

/**
 * What is kept of an applied command that has a {@link CommandId}.
 *
 * @param answer what it answered; empty if that was too long to keep
 * @param commitTs its stamp
 * @param expiresMillis the moment of log time from which on it is not found any more
 */
public record RetryRecord(Optional<Value> answer, long commitTs, long expiresMillis) {
    /** How long of log time the record of a caller's request is found. */
    public static final Duration WINDOW = Duration.ofMinutes(10);
    /** Longest answer kept, in bytes. */
    public static final int MAX_ANSWER = 32 * 1024;

    /** The record of a caller's request. */
    public RetryRecord(Value answer, long commitTs) {
        this(Optional.of(answer), commitTs,
                HybridTimestamp.millis(commitTs) + WINDOW.toMillis());
    }

    /** The record that an applied command leaves. */
    public static RetryRecord of(CommandId id, Optional<Value> answer, long commitTs) {
        return new RetryRecord(answer, commitTs, id.keptUntil(commitTs));
    }

    /** Whether a command with this stamp comes too late to find the record. */
    public boolean isExpiredAt(long stamp) {
        return isExpired(expiresMillis, stamp);
    }

    /** Whether a record with that end is no longer found by a command with this stamp. */
    public static boolean isExpired(long expiresMillis, long stamp) {
        return HybridTimestamp.millis(stamp) >= expiresMillis;
    }
}
