package io.quorate.kv.peer.call;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** Notes whether a call was ever given to a connection that stands. */
final class SentTracer extends ClientStreamTracer.Factory {
    private volatile boolean given;

    boolean mayBeSent() {
        return given;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info,
            Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transport, Metadata sent) {
                given = true;
            }
        };
    }
}
