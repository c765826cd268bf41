package io.quorate.kv.peer;

/**
 * This node, as the others are told.
 *
 * @param identity what it calls itself
 * @param cluster  what it knows of its cluster
 */
public record LocalNode(NodeIdentity identity, ClusterView cluster) {}
