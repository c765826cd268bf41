/** Tests of the adapter as a whole, over a store in memory. */
@NullMarked
package io.quorate.dynamodb;

import org.jspecify.annotations.NullMarked;
