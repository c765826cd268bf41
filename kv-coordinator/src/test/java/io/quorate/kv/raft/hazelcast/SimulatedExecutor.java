package io.quorate.kv.raft.hazelcast;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongUnaryOperator;

/** A group's thread in hand-driven time: first in, first out, one task every few microseconds, and it can be paused. */
final class SimulatedExecutor implements GroupExecutor {
    private static final Duration STEP = Duration.ofNanos(5_000);

    private final ManualTicker ticker;
    private final int inbox;
    private final LongUnaryOperator delays;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean stepping;
    private boolean paused;
    private boolean closed;
    private Duration busy = Duration.ZERO;

    /** @param delays maps timer delays in milliseconds, so that the engine's own randomness can be seeded */
    SimulatedExecutor(ManualTicker ticker, int inbox, LongUnaryOperator delays) {
        this.ticker = ticker;
        this.inbox = inbox;
        this.delays = delays;
    }

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            waiting.add(task);
            step();
        }
    }

    @Override
    public boolean offer(Runnable task) {
        if (closed || waiting.size() >= inbox) {
            return false;
        }
        execute(task);
        return true;
    }

    @Override
    public void schedule(Runnable task, long delayMillis) {
        ticker.schedule(() -> execute(task), Duration.ofMillis(delays.applyAsLong(delayMillis)));
    }

    @Override
    public void close() {
        closed = true;
        waiting.forEach(ControlTask::dropped);
        waiting.clear();
    }

    /** Stops running tasks, as a long collection or SIGSTOP would; they gather. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        step();
    }

    /** Makes the task that runs now last this much longer. */
    void spend(Duration time) {
        busy = busy.plus(time);
    }

    private void step() {
        if (!stepping && !paused && !waiting.isEmpty()) {
            stepping = true;
            ticker.schedule(this::runOne, STEP.plus(busy));
            busy = Duration.ZERO;
        }
    }

    private void runOne() {
        stepping = false;
        if (closed || paused || waiting.isEmpty()) {
            return;
        }
        waiting.remove().run();
        step();
    }
}
