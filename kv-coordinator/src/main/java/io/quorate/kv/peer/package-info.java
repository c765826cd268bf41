/**
 * Nodes talking to each other over gRPC: the server on the peer port, connections to the other nodes, who may talk to
 * whom (handshake and certificates). What is said lies in the rooms below: {@code raft} carries Raft messages,
 * {@code call} requests with one answer, {@code checkpoint} the files of checkpoints; {@code wire} is generated from
 * the .proto files, which are the contract (docs/wire.md). Only these rooms import {@code io.grpc}.
 *
 * <p>
 * <b>Threads.</b> A few event loops ({@link io.quorate.kv.peer.PeerThreads}) serve all connections of a node, both
 * ways. Services are called on them and must not block.
 */
@NullMarked
package io.quorate.kv.peer;

import org.jspecify.annotations.NullMarked;
