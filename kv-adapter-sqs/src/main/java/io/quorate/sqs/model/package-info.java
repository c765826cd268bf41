/**
 * Queues and messages as values, with the limits SQS documents for them. Sees the JDK only.
 */
@NullMarked
package io.quorate.sqs.model;

import org.jspecify.annotations.NullMarked;
