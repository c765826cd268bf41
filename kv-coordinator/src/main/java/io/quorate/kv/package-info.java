/** Placeholder. */
@NullMarked
package io.quorate.kv;

import org.jspecify.annotations.NullMarked;
