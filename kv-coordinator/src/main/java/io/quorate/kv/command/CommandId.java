package io.quorate.kv.command;

import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.RetryId;

/**
 * Names a command, so that however often it comes it is applied once.
 *
 * <p>A command from which the sender had no answer may come again, and may come late. So it says until
 * when of log time it may be applied at all, and its {@link RetryRecord} is kept at least as long:
 * whatever the clocks of the nodes say, a copy finds the record or is too old.
 *
 * @param id what it is called
 * @param validBefore milliseconds of log time from which on the command is refused;
 *        {@link #NO_LIMIT} where it cannot come late
 * @param keptForCaller whether the record answers the caller's own retries too, for
 *        {@link RetryRecord#WINDOW}; otherwise only copies of this very command
 */
public record CommandId(RetryId id, long validBefore, boolean keptForCaller) {
    /** No moment from which on the command is refused. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    public CommandId {
        if (validBefore < 0 || (validBefore == NO_LIMIT && !keptForCaller)) {
            throw new IllegalArgumentException("a record without an end: " + validBefore);
        }
    }

    /** The id under which a caller repeats a request; this command itself cannot come late. */
    public static CommandId ofCaller(RetryId id) {
        return new CommandId(id, NO_LIMIT, true);
    }

    /** Whether a command with this stamp comes too late to be applied. */
    public boolean isTooOldAt(long stamp) {
        return HybridTimestamp.millis(stamp) >= validBefore;
    }

    /** Until when of log time, in milliseconds, the record of a command with this stamp is kept. */
    public long keptUntil(long stamp) {
        if (!keptForCaller) {
            return validBefore;
        }
        long window = HybridTimestamp.millis(stamp) + RetryRecord.WINDOW.toMillis();
        return validBefore == NO_LIMIT ? window : Math.max(window, validBefore);
    }
}
