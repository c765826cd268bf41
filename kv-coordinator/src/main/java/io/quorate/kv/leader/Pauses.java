package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.Expiry;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The pause between two cycles of tries: 25 ms, give or take a fifth so that those who lost their
 * leader together do not come back together; never longer than there is time.
 *
 * <p>Who waits is bounded, and so is what waiting costs: beyond {@link #UNHURRIED} of them a pause is as many times longer,
 * so that no more of them look for the leader in a second than that many do. Safe for any thread.
 */
final class Pauses {
    static final Duration PAUSE = Duration.ofMillis(25);
    /** Requests that wait at once; beyond, {@code Overloaded}. */
    static final int WAITING_MAX = 16_384;
    /** So many may come back every 25 ms. */
    static final int UNHURRIED = 1_024;
    private static final long SPREAD_NANOS = PAUSE.toNanos() / 5;

    private final DeadlineTimer timer;
    private final Executor turns;
    private final RandomGenerator random;
    private final AtomicInteger waiting = new AtomicInteger();

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
            int present = waiting.incrementAndGet();
            sink.onDispose(waiting::decrementAndGet);
            if (present > WAITING_MAX) {
                sink.error(new KvFailure.Overloaded("forward.waiting").asException());
                return;
            }
            long moment = timer.nanoTime() + nanos(present);
            long end = moment - deadline.nanoTime() < 0 ? moment : deadline.nanoTime();
            Pause pause = new Pause(sink);
            if (!timer.schedule(pause, end)) {
                sink.error(new KvFailure.Overloaded("deadline timer").asException());
                return;
            }
            sink.onCancel(() -> timer.cancel(pause));
        });
    }

    private long nanos(int present) {
        long spread = random.nextLong(-SPREAD_NANOS, SPREAD_NANOS + 1);
        return (PAUSE.toNanos() + spread) * Math.ceilDiv(present, UNHURRIED);
    }

    /** Requests that wait now. */
    int waiting() {
        return waiting.get();
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
