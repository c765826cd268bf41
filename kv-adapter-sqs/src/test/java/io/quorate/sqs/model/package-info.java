/** Tests of the words of queues. */
@NullMarked
package io.quorate.sqs.model;

import org.jspecify.annotations.NullMarked;
