package io.quorate.kv.vitals;

/**
 * A voter that leadership could be handed to.
 *
 * @param nodeId its name
 * @param matchIndex what it is known to have on its disk
 */
public record Successor(String nodeId, long matchIndex) {}
