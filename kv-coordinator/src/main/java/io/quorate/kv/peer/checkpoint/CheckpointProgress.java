package io.quorate.kv.peer.checkpoint;

/**
 * How far a fetch has come.
 *
 * @param member where from
 * @param bytes  that have arrived undamaged
 * @param total  of the checkpoint; 0 before that is known
 */
public record CheckpointProgress(int group, String member, long bytes, long total) {}
