/**
 * What an entry of the log asks the state machine to do: {@link io.quorate.kv.command.Command}, its
 * binary form ({@link io.quorate.kv.command.EntryCodec}, {@link io.quorate.kv.command.EntryAssembler})
 * and its meaning: {@link io.quorate.kv.command.CommitEvaluator} is a function from a
 * {@link io.quorate.kv.command.Snapshot} to an {@link io.quorate.kv.command.Outcome} and changes,
 * without clock, randomness or I/O but the store. Sees {@code kv}.
 */
@NullMarked
package io.quorate.kv.command;

import org.jspecify.annotations.NullMarked;
