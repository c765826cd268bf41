package io.quorate.kv.peer.raft;

import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.quorate.kv.peer.wire.RaftMessagesGrpc;
import io.quorate.kv.peer.wire.RaftReceipt;

/** The one method of the service, with frames read and written by hand. */
final class CarryMethod {
    static final MethodDescriptor<RaftFrame, RaftReceipt> DESCRIPTOR = MethodDescriptor
            .<RaftFrame, RaftReceipt>newBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName(RaftMessagesGrpc.getCarryMethod().getFullMethodName())
            .setRequestMarshaller(new FrameMarshaller())
            .setResponseMarshaller(ProtoUtils.marshaller(RaftReceipt.getDefaultInstance()))
            .build();

    private CarryMethod() {}
}
