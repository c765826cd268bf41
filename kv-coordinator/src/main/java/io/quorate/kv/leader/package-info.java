/**
 * What reaches a group's leader: handlers run there under latches
 * ({@link io.quorate.kv.leader.LeaderCalls}), leadership verified by shared rounds
 * ({@link io.quorate.kv.leader.VerifiedLeadership}), and waiters woken by commits
 * ({@link io.quorate.kv.leader.RouteCommitWatch}). Sees {@code kv}, raft, shard and txn.
 */
@NullMarked
package io.quorate.kv.leader;

import org.jspecify.annotations.NullMarked;
