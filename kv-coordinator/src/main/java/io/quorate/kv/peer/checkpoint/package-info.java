/**
 * Brings checkpoints of groups from one node to another: {@link io.quorate.kv.peer.checkpoint.CheckpointService} offers
 * and sends them, {@link io.quorate.kv.peer.checkpoint.GrpcCheckpointFetcher} fetches them. A transfer that breaks goes
 * on where it stopped; what arrives damaged is asked for again.
 *
 * <p>
 * <b>Threads.</b> Files are read and written on a few threads of this room's own: neither event loops nor the groups'
 * threads ever wait for them.
 */
@NullMarked
package io.quorate.kv.peer.checkpoint;

import org.jspecify.annotations.NullMarked;
