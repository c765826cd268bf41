/** Placeholder. */
@NullMarked
package io.quorate.s3;

import org.jspecify.annotations.NullMarked;
