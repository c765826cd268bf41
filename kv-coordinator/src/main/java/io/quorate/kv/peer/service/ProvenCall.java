package io.quorate.kv.peer.service;

import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A unary call whose caller is known only once its message came: nothing of it is parsed and nothing begins before. Its
 * events come one after another, as gRPC has it; the size of the message is bounded by the server.
 */
final class ProvenCall<Q> extends ServerCall.Listener<Q> {
    private static final Status FORBIDDEN = Status.PERMISSION_DENIED
            .withDescription("the calling identity may not make this call");

    private final ServerCall<Q, ?> call;
    private final MessageProof proof;
    private final Function<String, ServerCall.Listener<Q>> letIn;
    private ServerCall.@Nullable Listener<Q> inside;
    private boolean refused;
    private boolean ready;

    /** @param letIn begins the call of this caller */
    ProvenCall(ServerCall<Q, ?> call, MessageProof proof,
            Function<String, ServerCall.Listener<Q>> letIn) {
        this.call = call;
        this.proof = proof;
        this.letIn = letIn;
        call.request(1);
    }

    @Override
    public void onMessage(Q message) {
        if (inside != null) {
            // A second one: the handler of a unary call knows what to say to that.
            inside.onMessage(message);
            return;
        }
        if (refused) {
            return;
        }
        byte[] bytes = read(message);
        switch (proof.judge(bytes)) {
            case MessageProof.Finding.Known(String caller) -> begin(caller, bytes);
            case MessageProof.Finding.Unknown unknown -> {
                refused = true;
                CallerInterceptor.refuseUnknown(call);
            }
            case MessageProof.Finding.Forbidden forbidden -> {
                refused = true;
                CallerInterceptor.refuse(call, FORBIDDEN);
            }
        }
    }

    // Messages are raw bytes outside of the check: see CallerInterceptor.guard.
    @SuppressWarnings("unchecked")
    private void begin(String caller, byte[] message) {
        ServerCall.Listener<Q> begun = letIn.apply(caller);
        inside = begun;
        if (ready) {
            begun.onReady();
        }
        begun.onMessage((Q) new ByteArrayInputStream(message));
    }

    private static byte[] read(Object message) {
        if (!(message instanceof InputStream stream)) {
            throw new IllegalStateException("not a raw message: " + message.getClass());
        }
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onHalfClose() {
        if (inside != null) {
            inside.onHalfClose();
        } else if (!refused) {
            refused = true;
            CallerInterceptor.refuseUnknown(call);
        }
    }

    @Override
    public void onCancel() {
        if (inside != null) {
            inside.onCancel();
        }
    }

    @Override
    public void onComplete() {
        if (inside != null) {
            inside.onComplete();
        }
    }

    @Override
    public void onReady() {
        ready = true;
        if (inside != null) {
            inside.onReady();
        }
    }
}
