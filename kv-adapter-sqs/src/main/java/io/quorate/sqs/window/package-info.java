/**
 * What a leader keeps in memory of its queues, so that a receive does not search: which messages are
 * next, which are being handed out, and when others become visible. All of it is a hint: every
 * transaction reads and validates what it takes, and what is lost here is found again in the store.
 */
@NullMarked
package io.quorate.sqs.window;

import org.jspecify.annotations.NullMarked;
