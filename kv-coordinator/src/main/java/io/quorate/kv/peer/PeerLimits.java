package io.quorate.kv.peer;

import java.time.Duration;

/**
 * Bounds of the connections between nodes.
 *
 * @param messageBytes   largest message taken
 * @param window         flow control window of a stream and of a connection, bytes: what a peer that stops reading
 *                       makes the sender's and its own memory hold
 * @param streams        calls and streams open at a time on one connection
 * @param connect        how long a connection attempt may take
 * @param reconnect      longest pause between connection attempts; they start at a twentieth of it and double
 * @param refused        pause after the other node refused to talk
 * @param silence        after so long without an answer a connection counts as broken
 */
public record PeerLimits(int messageBytes, int window, int streams, Duration connect,
        Duration reconnect, Duration refused, Duration silence) {
    /** Bounds for a cluster in one region. */
    public static PeerLimits standard() {
        return new PeerLimits(32 << 20, 4 << 20, 4_096, Duration.ofSeconds(1),
                Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(2));
    }
}
