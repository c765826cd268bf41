/**
 * The stored forms of queues and messages, which are also those in which leaders are asked and
 * answer.
 */
@NullMarked
package io.quorate.sqs.row;

import org.jspecify.annotations.NullMarked;
