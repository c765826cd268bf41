/**
 * Object bodies on disk: reserved in the log, streamed to a file, made durable, and only then
 * referred to (architecture decision: bodies do not pass through the log).
 *
 * <p>A body is one file named by its id. Its row in the store says what it is: <em>reserved</em>
 * until a time in the log, or <em>live</em>. The order of events makes every leak visible as a file:
 * the file is created and its directory forced, then the reservation commits, then bytes arrive and
 * are forced, then a transaction that still finds the reservation turns it live. A file without a
 * row that nobody is writing is an orphan; a reservation whose time has passed can no longer become
 * live, because every replica checks the entry's stamp. The collector removes both.
 *
 * <p>Sees {@code kv} and {@code kv.clock}.
 */
@NullMarked
package io.quorate.kv.blob;

import org.jspecify.annotations.NullMarked;
