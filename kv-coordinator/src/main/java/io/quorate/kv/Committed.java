package io.quorate.kv;

/**
 * A transaction's place in the order of all transactions of its group.
 *
 * @param commitTs its commit timestamp, as {@link HybridTimestamp} bits; the version of every row it
 *        wrote
 */
public record Committed(long commitTs) {}
