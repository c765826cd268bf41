/**
 * The only room with SQS error codes: which there are, in both protocols, and which one the store's
 * failures become.
 */
@NullMarked
package io.quorate.sqs.error;

import org.jspecify.annotations.NullMarked;
