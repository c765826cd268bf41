/**
 * A closed-loop load generator: this server beside a peer, in alternating runs, every answer checked.
 * {@link io.quorate.benchmarks.Main} reads the command line; {@code http} drives connections,
 * {@code aws} makes and checks the requests of S3, SQS and DynamoDB, {@code kv} drives a node inside
 * this process.
 */
@NullMarked
package io.quorate.benchmarks;

import org.jspecify.annotations.NullMarked;
