package io.quorate.gateway.operate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One thing an operator wants. */
public sealed interface AdminCommand {
    /**
     * Where and how to ask.
     *
     * @param node host and port of any node's peer port
     * @param config a settings file with certificates, if any
     * @param timeout how long it may take
     */
    record Target(String node, Optional<Path> config, Duration timeout) {}

    /** Show the cluster. */
    record Status(Target target) implements AdminCommand {}

    /** Add a node that waits. */
    record Add(Target target, String nodeId, String address) implements AdminCommand {}

    /** Remove a member. */
    record Remove(Target target, String nodeId) implements AdminCommand {}

    /** Give a removal up. */
    record CancelRemoval(Target target, String nodeId) implements AdminCommand {}

    /** Hand leadership over. */
    record Transfer(Target target, Optional<String> nodeId) implements AdminCommand {}

    /**
     * Make one survivor a cluster of its own.
     *
     * @param data its data directory
     * @param confirmed whether the loss was accepted
     */
    record UnsafeRecover(Path data, boolean confirmed) implements AdminCommand {}
}
