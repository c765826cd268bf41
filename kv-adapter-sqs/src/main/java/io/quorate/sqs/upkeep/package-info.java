/**
 * The work that nobody asks for: what time makes due at the queues that this node leads, and move
 * tasks.
 */
@NullMarked
package io.quorate.sqs.upkeep;

import org.jspecify.annotations.NullMarked;
