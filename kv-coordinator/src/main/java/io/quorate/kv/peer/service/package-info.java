/**
 * The public key-value service {@code quorate.kv.v1.Kv} over gRPC, for applications.
 *
 * <p>{@link io.quorate.kv.peer.service.KvService} takes calls; {@code Requests} checks them, {@code
 * Space} makes keys, {@code TxnHandler} runs at the leader whatever must read before it writes, {@code
 * FailureStatus} says what went wrong. The contract is in {@code quorate/kv/v1/kv.proto}. {@code
 * CallerInterceptor} asks a {@link io.quorate.kv.peer.service.CallerAuthenticator} who calls. Sees {@code
 * kv}, {@code keyspace} and {@code kv.peer}, the generated contract and gRPC.
 */
@NullMarked
package io.quorate.kv.peer.service;

import org.jspecify.annotations.NullMarked;
