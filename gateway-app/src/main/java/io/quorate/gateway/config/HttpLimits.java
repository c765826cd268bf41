package io.quorate.gateway.config;

import java.time.Duration;

/**
 * The bounds of a listener. A connection beyond the bound is closed; a longer head is answered 431
 * or 414.
 *
 * @param maxConnections open connections of one listener
 * @param maxHeaderBytes all header lines of a request together
 * @param maxRequestLineBytes method, target and version
 * @param idle how long a connection may wait for its next request
 * @param bodyStall how long a body may rest without a byte
 * @param shutdown how long requests may finish after the server was told to stop
 */
public record HttpLimits(int maxConnections, int maxHeaderBytes, int maxRequestLineBytes,
        Duration idle, Duration bodyStall, Duration shutdown) {}
