/**
 * What the host says on the wire and writes into the log: own binary encodings of the engine's messages, entries and
 * snapshots. Neither Hazelcast's nor Java's serialization is used. Numbers are big endian; the first byte of a message
 * is its {@link io.quorate.kv.raft.hazelcast.wire.MessageType}.
 */
@NullMarked
package io.quorate.kv.raft.hazelcast.wire;

import org.jspecify.annotations.NullMarked;
