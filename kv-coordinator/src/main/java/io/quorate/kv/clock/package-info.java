/**
 * Time: the hybrid logical clock that stamps entries, group time for durations, and injectable
 * sources of both. Sees {@code kv}.
 */
@NullMarked
package io.quorate.kv.clock;

import org.jspecify.annotations.NullMarked;
