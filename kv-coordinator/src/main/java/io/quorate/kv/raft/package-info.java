/**
 * Consensus as the rest of the store sees it: the {@link io.quorate.kv.raft.RaftGroup} port with
 * its conformance suite, the proposer that batches, and leadership verification by shared Confirm
 * rounds. The engine behind the port lives in {@code kv.raft.hazelcast}, its disk in
 * {@code kv.raft.log}. Sees {@code kv} and {@code kv.clock}.
 */
@NullMarked
package io.quorate.kv.raft;

import org.jspecify.annotations.NullMarked;
