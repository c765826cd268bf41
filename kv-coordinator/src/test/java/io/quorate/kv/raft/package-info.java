/**
 * Tests of batching and verification, and the fixtures they run on:
 * {@link io.quorate.kv.raft.ScriptedRaftGroup} does what a script says instead of consensus.
 */
@NullMarked
package io.quorate.kv.raft;

import org.jspecify.annotations.NullMarked;
