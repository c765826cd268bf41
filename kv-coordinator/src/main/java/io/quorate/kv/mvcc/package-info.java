/**
 * Multi-version state: the {@link io.quorate.kv.mvcc.MvccStore} port, the state machine that applies
 * entries to it, and garbage collection behind a logged safe point. Sees {@code kv}, clock, command
 * and the state machine port of {@code kv.raft}; the store itself is {@code kv.storage}.
 */
@NullMarked
package io.quorate.kv.mvcc;

import org.jspecify.annotations.NullMarked;
