/** Placeholder. */
@NullMarked
package io.quorate.gateway;

import org.jspecify.annotations.NullMarked;
