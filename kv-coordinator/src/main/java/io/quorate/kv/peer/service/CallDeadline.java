package io.quorate.kv.peer.service;

import io.grpc.Context;
import io.quorate.kv.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long the store may take for the call that runs on this thread. */
final class CallDeadline {
    /** The part of a deadline that is left for the answer's way back. */
    private static final int MARGIN_DIVISOR = 20;
    private static final long MARGIN_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(50);

    private CallDeadline() {}

    static Deadline current() {
        io.grpc.Deadline own = Context.current().getDeadline();
        if (own == null) {
            return Deadline.after(Limits.DEFAULT_DEADLINE);
        }
        long left = Math.min(own.timeRemaining(TimeUnit.NANOSECONDS),
                Limits.MAX_DEADLINE.toNanos());
        long margin = Math.min(Math.max(0, left) / MARGIN_DIVISOR, MARGIN_NANOS_MAX);
        return Deadline.after(Duration.ofNanos(left - margin));
    }
}
