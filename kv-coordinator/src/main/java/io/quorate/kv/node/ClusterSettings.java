package io.quorate.kv.node;

import io.quorate.kv.peer.PeerSecurity;
import io.quorate.kv.peer.service.CallerAuthenticator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a node meets others.
 *
 * @param peers host and port of the peer port of every node that founds the cluster, by node id, this
 *        one among them; the same on each of them. Empty: the node founds a cluster of one
 * @param listener where this node listens for others
 * @param patience how long starting waits until a new cluster is founded, or an existing one answers
 * @param operators who may show and change the membership
 * @param applications who may call the key-value service
 */
public record ClusterSettings(Map<String, String> peers, Listener listener, Duration patience,
        CallerAuthenticator operators, CallerAuthenticator applications) {
    /** Most members of a cluster. */
    public static final int MAX_MEMBERS = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    public ClusterSettings {
        peers = Map.copyOf(peers);
        if (peers.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException("a cluster has at most 7 members");
        }
    }

    /** With the default patience. */
    public static ClusterSettings of(Map<String, String> peers, Listener listener) {
        return new ClusterSettings(peers, listener, PATIENCE);
    }

    /** Whoever shows a certificate may administer and call, and without certificates whoever is on this machine. */
    public ClusterSettings(Map<String, String> peers, Listener listener, Duration patience) {
        this(peers, listener, patience, CallerAuthenticator.byCertificate(),
                CallerAuthenticator.byCertificate());
    }

    /** The same under other operators. */
    public ClusterSettings administeredBy(CallerAuthenticator others) {
        return new ClusterSettings(peers, listener, patience, others, applications);
    }

    /** The same for other applications. */
    public ClusterSettings calledBy(CallerAuthenticator others) {
        return new ClusterSettings(peers, listener, patience, operators, others);
    }

    /** The names of all peers but one, in order. */
    List<String> others(String nodeId) {
        return new TreeMap<>(peers).keySet().stream().filter(id -> !id.equals(nodeId)).toList();
    }

    /**
     * The peer port.
     *
     * @param bind the address to listen on
     * @param port 0 takes a free one
     * @param advertise host and port at which others reach it; empty: as it is bound
     * @param security how nodes know each other
     */
    public record Listener(String bind, int port, String advertise, PeerSecurity security) {
        /** On loopback, in plaintext. */
        public static Listener loopback(int port) {
            return new Listener("127.0.0.1", port, "", new PeerSecurity.Plaintext(false));
        }
    }
}
