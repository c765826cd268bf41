/**
 * Carries object bodies between nodes: {@link io.quorate.kv.peer.body.GrpcBodyPeers} is the
 * {@link io.quorate.kv.blob.BodyPeers} of a node with peers.
 *
 * <p>Every chunk carries its checksum. The receiver asks for a chunk when the one before is written, and
 * the sender reads its file only while the connection takes more; so a stream holds a few chunks on each
 * side, and all streams of a connection together the connection's window.
 */
@NullMarked
package io.quorate.kv.peer.body;

import org.jspecify.annotations.NullMarked;
