package io.quorate.kv.mvcc;

import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.command.Command;
import java.time.Duration;
import java.util.Optional;

/**
 * When the leader of a group moves the safe point, and to where.
 *
 * @param retention how long superseded versions stay readable
 * @param step least advance that is worth a command
 */
public record SafePointPolicy(Duration retention, Duration step) {
    /** Ten minutes of history, moved on every minute. */
    public static SafePointPolicy defaults() {
        return new SafePointPolicy(Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    /** The command to propose now, if one is due. */
    public Optional<Command.AdvanceSafePoint> due(long groupMillis, AppliedState applied) {
        long target = groupMillis - retention.toMillis();
        long current = HybridTimestamp.millis(applied.safePoint());
        boolean due = applied.lastStamp() > 0 && target - current >= step.toMillis();
        return due
                ? Optional.of(new Command.AdvanceSafePoint(HybridTimestamp.of(target, 0)))
                : Optional.empty();
    }
}
