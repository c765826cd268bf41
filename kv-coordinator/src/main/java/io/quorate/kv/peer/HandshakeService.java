package io.quorate.kv.peer;

import io.grpc.stub.StreamObserver;
import io.quorate.kv.peer.wire.HandshakeGrpc;
import io.quorate.kv.peer.wire.HelloRequest;
import io.quorate.kv.peer.wire.HelloResponse;
import io.quorate.kv.peer.wire.Member;

/** Answers who this node is and what it knows of its cluster. */
final class HandshakeService extends HandshakeGrpc.HandshakeImplBase {
    private final LocalNode self;

    HandshakeService(LocalNode self) {
        this.self = self;
    }

    @Override
    public void hello(HelloRequest request, StreamObserver<HelloResponse> answer) {
        HelloResponse.Builder response = HelloResponse.newBuilder()
                .setFrom(PeerHeaders.identity(self));
        for (ClusterView.Member member : self.cluster().members()) {
            response.addMembers(Member.newBuilder().setNodeId(member.nodeId())
                    .setMemberUuid(Uuids.encode(member.memberUuid()))
                    .setAddress(member.address().toString()));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }
}
