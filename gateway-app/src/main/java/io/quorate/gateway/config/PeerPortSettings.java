package io.quorate.gateway.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How this node meets the others of its cluster.
 *
 * @param peers host and port of every founding node's peer port, by node id; empty: a cluster of one
 * @param bind the address to listen on
 * @param port 0 takes a free one
 * @param advertise host and port at which the others reach this node; empty: as it is bound
 * @param security how nodes know each other
 */
public record PeerPortSettings(Map<String, String> peers, String bind, int port, String advertise,
        Security security) {
    public PeerPortSettings {
        peers = Map.copyOf(peers);
    }

    /**
     * How nodes know each other.
     *
     * @param tls certificates for mutual TLS; absent: plaintext
     * @param openPlaintext whether plaintext may leave this machine
     */
    public record Security(Optional<Tls> tls, boolean openPlaintext) {}

    /**
     * PEM files of mutual TLS.
     *
     * @param certificate this node's chain
     * @param key its private key, PKCS#8, not encrypted
     * @param authority the certificates of the cluster's authority
     */
    public record Tls(Path certificate, Path key, Path authority) {}
}
