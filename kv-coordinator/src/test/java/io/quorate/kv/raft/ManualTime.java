package io.quorate.kv.raft;

import io.quorate.kv.Deadline;
import java.time.Duration;

/** A clock and its timer that go on only when the test says so. */
final class ManualTime {
    private long nanos = 1_000_000_000L;
    private final DeadlineTimer timer = new DeadlineTimer(1 << 20, () -> nanos,
            Thread.ofPlatform().daemon(true));

    DeadlineTimer timer() {
        return timer;
    }

    Deadline in(Duration duration) {
        return new Deadline(nanos + duration.toNanos());
    }

    /** Time passes, and what has expired runs on this thread. */
    void pass(Duration duration) {
        nanos += duration.toNanos();
        timer.turn();
    }
}
