/** Tests of the adapter as a whole: requests in, answers out, over a real node. */
@NullMarked
package io.quorate.s3;

import org.jspecify.annotations.NullMarked;
