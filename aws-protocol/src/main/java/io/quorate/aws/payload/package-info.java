/**
 * What can be wrong with a body: sealed failures, carried by one exception.
 */
@NullMarked
package io.quorate.aws.payload;

import org.jspecify.annotations.NullMarked;
