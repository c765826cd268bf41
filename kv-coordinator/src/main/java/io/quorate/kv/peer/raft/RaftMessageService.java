package io.quorate.kv.peer.raft;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.quorate.kv.peer.Caller;
import io.quorate.kv.peer.wire.RaftMessagesGrpc;
import io.quorate.kv.peer.wire.RaftReceipt;

/** Takes the streams of other nodes. */
final class RaftMessageService implements BindableService {
    /** Frames gRPC may hand over before it is asked again; they are taken at once. */
    private static final int FRAMES_AHEAD = 64;

    private final RaftReceivers receivers;

    RaftMessageService(RaftReceivers receivers) {
        this.receivers = receivers;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(RaftMessagesGrpc.SERVICE_NAME)
                .addMethod(CarryMethod.DESCRIPTOR, this::start).build();
    }

    private ServerCall.Listener<RaftFrame> start(ServerCall<RaftFrame, RaftReceipt> call,
            Metadata headers) {
        call.sendHeaders(new Metadata());
        call.request(FRAMES_AHEAD);
        return new Incoming(call, Caller.current().nodeId());
    }

    /** One stream; called by one thread at a time. */
    private final class Incoming extends ServerCall.Listener<RaftFrame> {
        private final ServerCall<RaftFrame, RaftReceipt> call;
        private final String sender;
        private long frames;

        Incoming(ServerCall<RaftFrame, RaftReceipt> call, String sender) {
            this.call = call;
            this.sender = sender;
        }

        @Override
        public void onMessage(RaftFrame frame) {
            receivers.receive(sender, frame);
            frames++;
            call.request(1);
            if (frame.receiptWanted()) {
                call.sendMessage(RaftReceipt.newBuilder().setFrames(frames).build());
            }
        }

        @Override
        public void onHalfClose() {
            call.close(Status.OK, new Metadata());
        }
    }
}
