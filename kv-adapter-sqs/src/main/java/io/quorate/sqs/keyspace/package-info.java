/**
 * Where queues and messages are kept: key layout and nothing else.
 */
@NullMarked
package io.quorate.sqs.keyspace;

import org.jspecify.annotations.NullMarked;
