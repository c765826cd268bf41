/**
 * SQS as an application of the replicated store: two wire protocols (JSON 1.0 and Query), two codecs
 * over one operation. A request passes {@code http} (decode), {@code operation},
 * {@code repository}, the {@code engine}'s handlers at the queue's leader, and {@code http} again
 * (encode).
 */
@NullMarked
package io.quorate.sqs;

import org.jspecify.annotations.NullMarked;
