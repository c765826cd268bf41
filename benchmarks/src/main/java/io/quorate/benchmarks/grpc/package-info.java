/**
 * Quorate's key-value service beside etcd's: the same client for both, one unary request a call.
 * {@link io.quorate.benchmarks.grpc.Question} says what is asked of whom, {@link
 * io.quorate.benchmarks.grpc.UnaryLoop} asks.
 */
@NullMarked
package io.quorate.benchmarks.grpc;

import org.jspecify.annotations.NullMarked;
