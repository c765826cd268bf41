/**
 * Transactions on the group that owns their keys: optimistic reads, latches that make contended keys
 * queue instead of abort, a cheap check before anything is proposed, and one entry of the log that
 * carries the write set with the exact versions it was evaluated against.
 *
 * <p>{@link io.quorate.kv.txn.TransactionCoordinator} is the {@link io.quorate.kv.TransactionalKv} of
 * a node; {@link io.quorate.kv.txn.GroupReplica} is one group as the transactions of this node meet
 * it. Sees {@code kv}, clock, shard, command, the ports of mvcc and raft.
 */
@NullMarked
package io.quorate.kv.txn;

import org.jspecify.annotations.NullMarked;
