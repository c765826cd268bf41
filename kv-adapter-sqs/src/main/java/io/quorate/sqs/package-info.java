/** Placeholder. */
@NullMarked
package io.quorate.sqs;

import org.jspecify.annotations.NullMarked;
