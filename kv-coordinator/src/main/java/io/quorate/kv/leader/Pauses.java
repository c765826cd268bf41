package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.Expiry;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The pause between two cycles of tries: 25 ms, give or take a fifth so that those who lost their
 * leader together do not come back together; never longer than there is time. Safe for any thread.
 */
final class Pauses {
    static final Duration PAUSE = Duration.ofMillis(25);
    private static final long SPREAD_NANOS = PAUSE.toNanos() / 5;

    private final DeadlineTimer timer;
    private final Executor turns;
    private final RandomGenerator random;

    /**
     * Makes the pauses of a node.
     *
     * @param timer ends them
     * @param turns goes on after them; takes each caller once
     * @param random spreads them; safe for any thread
     */
    Pauses(DeadlineTimer timer, Executor turns, RandomGenerator random) {
        this.timer = timer;
        this.turns = turns;
        this.random = random;
    }

    /** Completes after the pause, or at the deadline if that is earlier. */
    Mono<Boolean> until(Deadline deadline) {
        return Mono.create(sink -> {
            long spread = random.nextLong(-SPREAD_NANOS, SPREAD_NANOS + 1);
            long moment = timer.nanoTime() + PAUSE.toNanos() + spread;
            long end = moment - deadline.nanoTime() < 0 ? moment : deadline.nanoTime();
            Pause pause = new Pause(sink);
            if (!timer.schedule(pause, end)) {
                sink.error(new KvFailure.Overloaded("deadline timer").asException());
                return;
            }
            sink.onDispose(() -> timer.cancel(pause));
        });
    }

    private final class Pause extends Expiry {
        private final MonoSink<Boolean> sink;

        Pause(MonoSink<Boolean> sink) {
            this.sink = sink;
        }

        @Override
        protected void expired() {
            turns.execute(() -> sink.success(true));
        }
    }
}
