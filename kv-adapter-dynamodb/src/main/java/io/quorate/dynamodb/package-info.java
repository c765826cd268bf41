/** Placeholder. */
@NullMarked
package io.quorate.dynamodb;

import org.jspecify.annotations.NullMarked;
