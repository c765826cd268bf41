/** Tests of the adapter as a whole: requests in, answers out. */
@NullMarked
package io.quorate.sqs;

import org.jspecify.annotations.NullMarked;
