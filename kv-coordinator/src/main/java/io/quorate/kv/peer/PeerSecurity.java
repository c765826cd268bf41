package io.quorate.kv.peer;

import java.nio.file.Path;

/** How nodes know that they talk to nodes of their cluster. */
public sealed interface PeerSecurity {
    /**
     * Everyone who reaches the port is believed. Only between loopback addresses, unless it is allowed everywhere:
     * on a network that nobody else can reach.
     */
    record Plaintext(boolean allowedEverywhere) implements PeerSecurity {}

    /**
     * Both ends show a certificate of the cluster's own authority. The dialled host must be among the server
     * certificate's names. A certificate with the URI names {@code quorate://node/<node-id>} speaks for these nodes
     * only; one with {@code quorate://client/<name>} for no node; one with neither for any node.
     *
     * @param certificate the chain of this node, PEM
     * @param key         its private key, PKCS#8 PEM, not encrypted
     * @param authority   the certificates of the cluster's authority, PEM
     */
    record MutualTls(Path certificate, Path key, Path authority) implements PeerSecurity {}
}
