/**
 * Long polls: who waits for messages on this node, and who of them looks next.
 */
@NullMarked
package io.quorate.sqs.poll;

import org.jspecify.annotations.NullMarked;
