package io.quorate.kv.peer;

/**
 * What server and connections of a node share.
 *
 * @param security how nodes know each other
 * @param limits   bounds
 * @param threads  event loops and timer
 */
public record PeerSetup(PeerSecurity security, PeerLimits limits, PeerThreads threads) {}
