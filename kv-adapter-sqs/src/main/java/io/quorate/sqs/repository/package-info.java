/**
 * Calls the engine's handlers at the leader and turns their answers into values.
 */
@NullMarked
package io.quorate.sqs.repository;

import org.jspecify.annotations.NullMarked;
