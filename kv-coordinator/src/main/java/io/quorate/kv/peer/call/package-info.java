/**
 * Requests to other nodes with one answer each: {@link io.quorate.kv.PeerCalls} over gRPC. Deadlines and cancels go
 * with the call, failures come back as types.
 *
 * <p>
 * <b>Threads.</b> Handlers are called, and answers delivered, on the event loops; nothing here blocks.
 */
@NullMarked
package io.quorate.kv.peer.call;

import org.jspecify.annotations.NullMarked;
