package io.quorate.kv.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.quorate.kv.Deadline;
import io.quorate.kv.peer.wire.CallRequest;
import io.quorate.kv.peer.wire.CallResponse;
import io.quorate.kv.peer.wire.PeerRequestsGrpc;
import io.quorate.kv.peer.wire.RefusalReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestCluster cluster = new TestCluster();
    private final TestCluster others = new TestCluster();
    private final List<TestPeer> peers = new ArrayList<>();

    @AfterEach
    void stop() {
        peers.forEach(TestPeer::close);
    }

    private TestPeer peer(String nodeId, TestCluster of) {
        return peer(new NodeIdentity(nodeId, TestPeer.uuid(nodeId), 1), of);
    }

    private TestPeer peer(NodeIdentity identity, TestCluster of) {
        TestPeer peer = new TestPeer(identity, of, new PeerSecurity.Plaintext(false),
                PeerLimits.standard());
        peers.add(peer);
        return peer;
    }

    /** Answers with the caller's name as the handshake found it. */
    private static BindableService whoCalls() {
        return new PeerRequestsGrpc.PeerRequestsImplBase() {
            @Override
            public void call(CallRequest request, StreamObserver<CallResponse> answer) {
                answer.onNext(CallResponse.newBuilder()
                        .setAnswer(ByteString.copyFromUtf8(Caller.current().nodeId())).build());
                answer.onCompleted();
            }
        };
    }

    private static String ask(TestPeer from, String to) {
        Channel channel = from.connections().channel(to, Lane.CONTROL).orElseThrow();
        return ClientCalls.blockingUnaryCall(channel, PeerRequestsGrpc.getCallMethod(),
                CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                CallRequest.getDefaultInstance()).getAnswer().toStringUtf8();
    }

    private static void assertRefused(TestPeer from, String to, RefusalReason reason) {
        assertThatThrownBy(() -> ask(from, to)).isInstanceOfSatisfying(
                StatusRuntimeException.class,
                refused -> assertThat(PeerHeaders.refusal(refused.getTrailers())
                        .map(Refusal::reason)).contains(reason));
    }

    @Test
    void callIsAttributedToTheNodeThatMadeIt() {
        TestPeer n1 = peer("n1", cluster);
        n1.start();
        peer("n2", cluster).start(whoCalls());

        assertThat(ask(n1, "n2")).isEqualTo("n1");
    }

    @Test
    void nodeOfAnotherClusterIsRefused() {
        TestPeer n1 = peer("n1", others);
        others.clusterId(Optional.of(new UUID(0xC2, 2)));
        TestPeer n2 = peer("n2", cluster);
        n2.start(whoCalls());
        others.put("n2", Optional.empty(), n2.address());

        assertRefused(n1, "n2", RefusalReason.OTHER_CLUSTER);
    }

    @Test
    void nodeWithoutAClusterMayAsk() {
        TestPeer n1 = peer("n1", others);
        others.clusterId(Optional.empty());
        TestPeer n2 = peer("n2", cluster);
        n2.start(whoCalls());
        others.put("n2", Optional.empty(), n2.address());

        assertThat(ask(n1, "n2")).isEqualTo("n1");
    }

    @Test
    void knownNameWithOtherDataIsRefused() {
        TestPeer emptied = peer(new NodeIdentity("n1", new UUID(1, 99), 1), cluster);
        cluster.put("n1", Optional.of(TestPeer.uuid("n1")), new PeerAddress("127.0.0.1", 1));
        peer("n2", cluster).start(whoCalls());

        assertRefused(emptied, "n2", RefusalReason.OTHER_MEMBER);
    }

    @Test
    void nodeAtTheAddressOfAnotherIsNotTakenForIt() {
        TestPeer n1 = peer("n1", others);
        TestPeer n2 = peer("n2", cluster);
        n2.start(whoCalls());
        others.put("n3", Optional.empty(), n2.address());

        assertRefused(n1, "n3", RefusalReason.OTHER_NODE);
    }

    @Test
    void nodeThatLostItsDataIsNotTakenForTheOldOne() {
        TestPeer n1 = peer("n1", others);
        TestPeer n2 = peer("n2", cluster);
        n2.start(whoCalls());
        others.put("n2", Optional.of(new UUID(1, 99)), n2.address());

        assertRefused(n1, "n2", RefusalReason.OTHER_NODE);
    }

    @Test
    void secondNodeOfTheSameNameIsRefused() {
        TestPeer twin = peer(new NodeIdentity("n2", new UUID(1, 99), 1), others);
        TestPeer n2 = peer("n2", cluster);
        n2.start(whoCalls());
        others.put("n2", Optional.empty(), n2.address());

        assertRefused(twin, "n2", RefusalReason.OTHER_MEMBER);
    }

    @Test
    void dataPutBackFromACopyIsRefused() {
        UUID data = TestPeer.uuid("n1");
        peer("n2", cluster).start(whoCalls());
        assertThat(ask(peer(new NodeIdentity("n1", data, 5), cluster), "n2")).isEqualTo("n1");

        TestPeer restored = peer(new NodeIdentity("n1", data, 3), cluster);

        assertRefused(restored, "n2", RefusalReason.OLD_COPY);
        assertThat(ask(peer(new NodeIdentity("n1", data, 6), cluster), "n2")).isEqualTo("n1");
    }

    @Test
    void callThatSaysNothingOfItsCallerIsRefused() {
        peer("n2", cluster).start(whoCalls());
        PeerAddress address = cluster.addressOf("n2").orElseThrow();
        var plain = NettyChannelBuilder
                .forAddress(address.host(), address.port()).usePlaintext().build();
        try {
            assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(plain,
                    PeerRequestsGrpc.getCallMethod(),
                    CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                    CallRequest.getDefaultInstance()))
                    .isInstanceOfSatisfying(StatusRuntimeException.class,
                            refused -> assertThat(PeerHeaders.refusal(refused.getTrailers())
                                    .map(Refusal::reason)).contains(RefusalReason.MALFORMED));
        } finally {
            plain.shutdownNow();
        }
    }

    @Test
    void helloTellsWhoIsThereToWhomeverAsks() {
        TestPeer stranger = peer("x", others);
        others.clusterId(Optional.of(new UUID(0xC2, 2)));
        TestPeer n2 = peer("n2", cluster);
        n2.start();

        Hello hello = Objects.requireNonNull(stranger.connections().hello(n2.address())
                .contextWrite(Deadline.after(LONG)::into).block(LONG));

        assertThat(hello).isEqualTo(new Hello(new NodeIdentity("n2", TestPeer.uuid("n2"), 1),
                Optional.of(TestCluster.CLUSTER), cluster.members()));
    }

    @Test
    void helloToNobodyFailsWithinItsDeadline() {
        TestPeer n1 = peer("n1", cluster);

        assertThatThrownBy(() -> n1.connections().hello(new PeerAddress("127.0.0.1", 1))
                .contextWrite(Deadline.after(Duration.ofSeconds(5))::into).block(LONG))
                .isInstanceOf(StatusRuntimeException.class);
    }
}
