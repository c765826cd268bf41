package io.quorate.kv.peer.checkpoint;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.quorate.kv.peer.wire.CheckpointChunk;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Lies between a checkpoint service and who fetches: damages some chunks, breaks the stream at others. */
final class MeddlingService implements BindableService, ServerInterceptor {
    private final BindableService honest;
    private final int damagedEvery;
    private final int brokenEvery;
    private final AtomicInteger chunks = new AtomicInteger();

    /**
     * @param damagedEvery chunk of so many, 0 for none
     * @param brokenEvery  chunk of so many, 0 for none
     */
    MeddlingService(BindableService honest, int damagedEvery, int brokenEvery) {
        this.honest = honest;
        this.damagedEvery = damagedEvery;
        this.brokenEvery = brokenEvery;
    }

    /** Chunks that came by so far. */
    int chunks() {
        return chunks.get();
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerInterceptors.intercept(honest, this);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        AtomicReference<ServerCall.Listener<Q>> listener = new AtomicReference<>();
        ServerCall.Listener<Q> started = next.startCall(new SimpleForwardingServerCall<>(call) {
            private boolean broken;

            @Override
            public void sendMessage(A message) {
                if (!(message instanceof CheckpointChunk chunk)) {
                    super.sendMessage(message);
                    return;
                }
                int number = chunks.incrementAndGet();
                if (broken || isDue(number, brokenEvery)) {
                    breakOff();
                } else {
                    super.sendMessage(
                            isDue(number, damagedEvery) ? damage(message, chunk) : message);
                }
            }

            private void breakOff() {
                if (!broken) {
                    broken = true;
                    super.close(Status.UNAVAILABLE, new Metadata());
                    Objects.requireNonNull(listener.get()).onCancel();
                }
            }

            @Override
            public boolean isCancelled() {
                return broken || super.isCancelled();
            }

            @Override
            public void close(Status status, Metadata trailers) {
                if (!broken) {
                    super.close(status, trailers);
                }
            }
        }, headers);
        listener.set(started);
        return started;
    }

    private static boolean isDue(int number, int every) {
        return every > 0 && number % every == 0;
    }

    @SuppressWarnings("unchecked") // A is the type of the chunk itself
    private static <A> A damage(A message, CheckpointChunk chunk) {
        byte[] data = chunk.getData().toByteArray();
        data[data.length / 2] ^= 1;
        return (A) message.getClass()
                .cast(chunk.toBuilder().setData(ByteString.copyFrom(data)).build());
    }
}
