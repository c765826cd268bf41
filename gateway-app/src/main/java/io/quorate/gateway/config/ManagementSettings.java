package io.quorate.gateway.config;

/**
 * Where operators reach the server.
 *
 * @param bind the address to listen on
 * @param port health and metrics; 0 takes a free one
 * @param openMetrics whether addresses other than loopback may read the metrics
 */
public record ManagementSettings(String bind, int port, boolean openMetrics) {}
