package io.quorate.gateway.campaign;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Asks one node for its leadership at a steady rate over many kept connections, each question on time or a little late. */
final class ProbeFlood implements AutoCloseable {
    /** What was to be asked longer ago than this is left out, so that a slow start is no storm later. */
    private static final long BACKLOG_NANOS = 200_000_000;

    private final int port;
    private final Duration timeout;
    private final long intervalNanos;
    private final Queue<Probe> answers = new ConcurrentLinkedQueue<>();
    private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** A flood that begins now. */
    ProbeFlood(ClusterNode node, int perSecond, int connections, Duration timeout) {
        this.port = node.port();
        this.timeout = timeout;
        this.intervalNanos = 1_000_000_000L * connections / perSecond;
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            long first = start + i * intervalNanos / connections;
            threads.add(Thread.ofVirtual().start(() -> ask(first)));
        }
    }

    private void ask(long first) {
        long due = first;
        try (Probe.Connection connection = new Probe.Connection(port, timeout.multipliedBy(5))) {
            while (!stopped) {
                due += intervalNanos;
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                } else if (wait < -BACKLOG_NANOS) {
                    due = System.nanoTime();
                }
                answers.add(connection.ask("/healthz/leader", timeout));
            }
        } catch (IOException failure) {
            failures.add(failure);
        }
    }

    /** All answers so far, and forgets them. */
    List<Probe> take() {
        List<Probe> taken = new ArrayList<>();
        for (Probe next = answers.poll(); next != null; next = answers.poll()) {
            taken.add(next);
        }
        return taken;
    }

    List<IOException> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
