/**
 * What runs at a queue's leader: handlers that are pure functions of the state they read, and the
 * binary form of what they are asked and answer.
 */
@NullMarked
package io.quorate.sqs.engine;

import org.jspecify.annotations.NullMarked;
