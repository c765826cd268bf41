/**
 * The words and ports of the replicated transactional store: everything an adapter may know of it.
 *
 * <p>Keys, transactions, deadlines and failures are plain values. The ports
 * ({@link io.quorate.kv.TransactionalKv}, {@link io.quorate.kv.AtLeader},
 * {@link io.quorate.kv.BlobStore}, {@link io.quorate.kv.LeaderProbe},
 * {@link io.quorate.kv.CommitWatch}) return Reactor publishers and read the caller's
 * {@link io.quorate.kv.Deadline} from the Reactor Context; below them it is an explicit argument.
 * This room sees the JDK and Reactor, nothing else, and knows no AWS word.
 */
@NullMarked
package io.quorate.kv;

import org.jspecify.annotations.NullMarked;
