/**
 * Tells queues what happened in buckets: takes it from the outbox, where it was written with what
 * happened, until it was delivered.
 */
@NullMarked
package io.quorate.s3.delivery;

import org.jspecify.annotations.NullMarked;
