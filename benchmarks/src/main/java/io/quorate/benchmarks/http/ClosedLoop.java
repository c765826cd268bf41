package io.quorate.benchmarks.http;

import io.quorate.benchmarks.Measurement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives connections, each with one request under way at a time, on the calling thread. Every answer
 * is checked; a connection that breaks counts as a wrong answer and is made anew.
 */
public final class ClosedLoop {
    /** How long an answer may take at most, after which the connection counts as broken. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SELECT_MILLIS = 100;

    private final InetSocketAddress address;
    private final List<Session> sessions;

    /** A loop over one connection for each session. */
    public ClosedLoop(InetSocketAddress address, List<Session> sessions) {
        this.address = address;
        this.sessions = List.copyOf(sessions);
    }

    /** Runs for that long, then waits for the answers under way. */
    public Measurement run(Duration duration) throws IOException {
        Measurement measurement = new Measurement();
        List<Connection> connections = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            long begun = System.nanoTime();
            try {
                for (Session session : sessions) {
                    Connection connection = new Connection(address, session, measurement, selector);
                    connections.add(connection);
                    connection.open();
                }
                loop(selector, connections, begun + duration.toNanos());
            } finally {
                measurement.took((System.nanoTime() - begun) / 1e9);
                for (Connection connection : connections) {
                    connection.close();
                }
            }
        }
        return measurement;
    }

    private static void loop(Selector selector, List<Connection> connections, long end)
            throws IOException {
        boolean busy = true;
        while (busy) {
            boolean ending = System.nanoTime() - end >= 0;
            selector.select(key -> ready(key, ending), SELECT_MILLIS);
            busy = !ending;
            for (Connection connection : connections) {
                connection.expire(PATIENCE.toNanos(), ending);
                busy |= connection.isBusy();
            }
        }
    }

    private static void ready(SelectionKey key, boolean ending) {
        if (key.attachment() instanceof Connection connection) {
            connection.ready(ending);
        }
    }
}
