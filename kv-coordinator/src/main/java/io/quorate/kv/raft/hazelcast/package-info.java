/**
 * The consensus engine behind {@link io.quorate.kv.raft.RaftGroup}: Hazelcast 5.4.0's {@code RaftNodeImpl} used as a
 * library, inside a host that enforces the rules without which it loses data (docs/adr/0001-consensus-engine.md). The
 * only room that imports {@code com.hazelcast}.
 *
 * <p>
 * <b>Threads.</b> One strictly first-in-first-out thread per group runs everything that touches a {@code RaftNodeImpl};
 * classes here are confined to it unless their comment says otherwise. What other threads may read (leadership, commit
 * and applied index, the term for Confirm) is published after every task. State machine flushes and checkpoints run on
 * a background executor, timers on a shared scheduler that only enqueues.
 */
@NullMarked
package io.quorate.kv.raft.hazelcast;

import org.jspecify.annotations.NullMarked;
