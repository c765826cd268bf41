/**
 * Carries Raft messages between nodes: {@link io.quorate.kv.peer.raft.GrpcRaftTransport} is the
 * {@link io.quorate.kv.raft.hazelcast.RaftTransport} of a node with peers.
 *
 * <p>
 * <b>Threads.</b> A message is framed and handed to gRPC by the thread that sends it, or by the event loop when the
 * connection was busy; whoever comes meanwhile only adds to the queue, so messages that wait together travel together.
 * A message that arrives is handed to its group on the event loop.
 */
@NullMarked
package io.quorate.kv.peer.raft;

import org.jspecify.annotations.NullMarked;
