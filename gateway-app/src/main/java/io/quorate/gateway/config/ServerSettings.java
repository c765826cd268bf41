package io.quorate.gateway.config;

import java.nio.file.Path;

/**
 * Everything the server was told, checked.
 *
 * @param nodeId names this node in its cluster, in health answers and in logs
 * @param data where the data is kept
 * @param shards groups that share the data
 * @param endpoint where clients reach it
 * @param management where operators reach it
 * @param peers how it meets the other nodes
 * @param limits the bounds of its listeners
 * @param deadlines what a request gets that names no deadline
 * @param access who may call
 */
public record ServerSettings(String nodeId, Path data, int shards, EndpointSettings endpoint,
        ManagementSettings management, PeerPortSettings peers, HttpLimits limits,
        DefaultDeadlines deadlines,
        AccessSettings access) {}
