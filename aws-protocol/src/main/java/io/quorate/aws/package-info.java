/** Placeholder. */
@NullMarked
package io.quorate.aws;

import org.jspecify.annotations.NullMarked;
