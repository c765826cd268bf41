/**
 * What an entry of the log asks the state machine to do: one record a file, each a function from a
 * {@link io.quorate.kv.command.Snapshot} to changes, without clock, randomness or I/O but the store;
 * and their binary form. Sees {@code kv}.
 */
@NullMarked
package io.quorate.kv.command;

import org.jspecify.annotations.NullMarked;
