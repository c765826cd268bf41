package io.quorate.kv.peer.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.peer.NodeIdentity;
import io.quorate.kv.peer.PeerLimits;
import io.quorate.kv.peer.PeerSecurity;
import io.quorate.kv.peer.TestCluster;
import io.quorate.kv.peer.TestPeer;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that is there but does not take what it is sent. */
class StubbornPeerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte HEARTBEAT = 4;
    private static final byte APPEND = 5;
    private static final byte CONFIRM = 10;
    /** Two windows of a connection. */
    private static final int APPENDS = 8;

    private final TestCluster cluster = new TestCluster();
    private final TestPeer stubborn = new TestPeer("n2", cluster);
    private final TestPeer sending = new TestPeer(
            new NodeIdentity("n1", TestPeer.uuid("n1"), 1), cluster,
            new PeerSecurity.Plaintext(false),
            new PeerLimits(32 << 20, 1 << 20, 64, Duration.ofSeconds(1), Duration.ofSeconds(1),
                    Duration.ofSeconds(5), Duration.ofSeconds(1)));
    private final GrpcRaftTransport transport = new GrpcRaftTransport(sending.connections());

    @AfterEach
    void stop() {
        transport.close();
        sending.close();
        stubborn.close();
    }

    private StubbornService start(Predicate<MessageType> disliked) {
        StubbornService service = new StubbornService(disliked);
        stubborn.start(service);
        return service;
    }

    private static byte[] message(byte type, int length) {
        byte[] message = new byte[length];
        message[0] = type;
        return message;
    }

    /** Sends one of each until streams are accepted: before that, appends are not kept. */
    private void sendUntil(Runnable send, Predicate<GrpcRaftTransport.Traffic> reached) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            send.run();
            return reached.test(transport.traffic());
        });
    }

    @Test
    void appendsThatAreNotTakenDelayNeitherHeartbeatsNorConfirms() {
        StubbornService service = start(type -> type == MessageType.APPEND);
        sendUntil(() -> transport.send("n2", 0, message(HEARTBEAT, 100)),
                traffic -> service.taken(MessageType.HEARTBEAT) > 0);
        sendUntil(() -> transport.send("n2", 0, message(CONFIRM, 17)),
                traffic -> service.taken(MessageType.CONFIRM) > 0);
        sendUntil(() -> transport.send("n2", 0, message(APPEND, 100)),
                traffic -> service.taken(MessageType.APPEND) > 0);
        int heartbeats = service.taken(MessageType.HEARTBEAT);
        int confirms = service.taken(MessageType.CONFIRM);
        for (int group = 0; group < APPENDS; group++) {
            transport.send("n2", group, message(APPEND, 1 << 20));
        }

        for (int n = 0; n < 100; n++) {
            transport.send("n2", 0, message(HEARTBEAT, 100));
            transport.send("n2", 0, message(CONFIRM, 17));
        }

        await().atMost(LONG).until(
                () -> service.taken(MessageType.HEARTBEAT) >= heartbeats + 100
                        && service.taken(MessageType.CONFIRM) >= confirms + 100);
        assertThat(service.taken(MessageType.APPEND)).isLessThan(APPENDS);
    }

    @Test
    void messagesForAPeerThatStopsReadingAreBounded() {
        StubbornService service = start(type -> type == MessageType.HEARTBEAT);
        sendUntil(() -> transport.send("n2", 0, message(HEARTBEAT, 100)),
                traffic -> service.taken(MessageType.HEARTBEAT) > 0);
        long before = transport.traffic().messages();

        int kilobytes = 100_000;
        for (int n = 0; n < kilobytes; n++) {
            transport.send("n2", 0, message(HEARTBEAT, 1_024));
        }

        GrpcRaftTransport.Traffic now = transport.traffic();
        long handedOver = now.messages() - before;
        assertThat(kilobytes - handedOver - now.dropped()).isLessThanOrEqualTo(4 << 10);
        assertThat(handedOver).as("window of the connection, and what gRPC keeps beside it")
                .isLessThan(8 << 10);
    }

    @Test
    void peerThatGivesNoReceiptsIsConnectedToAnew() {
        StubbornService service = start(type -> type == MessageType.CONFIRM);

        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            transport.send("n2", 0, message(CONFIRM, 17));
            return service.streams() >= 3;
        });

        assertThat(transport.traffic().acceptedStreams()).isGreaterThanOrEqualTo(2);
    }
}
