package io.quorate.kv.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quorate.kv.Deadline;
import io.quorate.kv.peer.wire.RefusalReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutualTlsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path ours;
    @TempDir
    private static Path theirs;
    private static PeerSecurity.MutualTls anyNode;
    private static PeerSecurity.MutualTls onlyN1;
    private static PeerSecurity.MutualTls client;
    private static PeerSecurity.MutualTls foreign;

    private final TestCluster cluster = new TestCluster();
    private final List<TestPeer> peers = new ArrayList<>();

    @BeforeAll
    static void certificates() throws IOException {
        TestCertificates cluster = new TestCertificates(ours);
        anyNode = cluster.issue("any");
        onlyN1 = cluster.issue("n1", "quorate://node/n1");
        client = cluster.issue("client", "quorate://client/backup");
        PeerSecurity.MutualTls other = new TestCertificates(theirs).issue("foreign");
        foreign = new PeerSecurity.MutualTls(other.certificate(), other.key(),
                anyNode.authority());
    }

    @AfterEach
    void stop() {
        peers.forEach(TestPeer::close);
    }

    private TestPeer peer(String nodeId, PeerSecurity security) {
        TestPeer peer = new TestPeer(new NodeIdentity(nodeId, TestPeer.uuid(nodeId), 1), cluster,
                security, PeerLimits.standard());
        peers.add(peer);
        return peer;
    }

    private TestPeer server() {
        TestPeer server = peer("server", anyNode);
        server.start();
        return server;
    }

    private static Hello hello(TestPeer from, TestPeer to) {
        return Objects.requireNonNull(from.connections().hello(to.address())
                .contextWrite(Deadline.after(LONG)::into).block(LONG));
    }

    @Test
    void nodesOfOneAuthorityTalk() {
        TestPeer server = server();

        assertThat(hello(peer("n7", anyNode), server).identity().nodeId()).isEqualTo("server");
    }

    @Test
    void certificateThatNamesANodeSpeaksForIt() {
        TestPeer server = server();

        assertThat(hello(peer("n1", onlyN1), server).identity().nodeId()).isEqualTo("server");
    }

    @Test
    void certificateThatNamesAnotherNodeIsRefused() {
        TestPeer server = server();

        assertRefused(peer("n2", onlyN1), server);
    }

    @Test
    void certificateOfAClientSpeaksForNoNode() {
        TestPeer server = server();

        assertRefused(peer("n1", client), server);
    }

    private static void assertRefused(TestPeer from, TestPeer to) {
        assertThatThrownBy(() -> hello(from, to)).isInstanceOfSatisfying(
                PeerRefusedException.class, refused -> assertThat(refused.refusal().reason())
                        .isEqualTo(RefusalReason.CERTIFICATE));
    }

    @Test
    void certificateOfAnotherAuthorityIsRefused() {
        TestPeer server = server();

        assertUnreachable(peer("n1", foreign), server);
    }

    @Test
    void serverOfAnotherAuthorityIsNotBelieved() {
        TestPeer impostor = peer("server", foreign);
        impostor.start();

        assertUnreachable(peer("n1", anyNode), impostor);
    }

    @Test
    void plaintextToAServerWithCertificatesGetsNothing() {
        TestPeer server = server();

        assertUnreachable(peer("n1", new PeerSecurity.Plaintext(true)), server);
    }

    private static void assertUnreachable(TestPeer from, TestPeer to) {
        assertThatThrownBy(() -> hello(from, to)).isInstanceOfSatisfying(
                StatusRuntimeException.class, failure -> assertThat(failure.getStatus().getCode())
                        .isEqualTo(Status.Code.UNAVAILABLE));
    }

    @Test
    void plaintextListensOnLoopbackOnly() {
        PeerSetup setup = new PeerSetup(new PeerSecurity.Plaintext(false), PeerLimits.standard(),
                new PeerThreads("n1", 1));
        LocalNode self = new LocalNode(new NodeIdentity("n1", TestPeer.uuid("n1"), 1), cluster);

        assertThatThrownBy(() -> PeerServer.start(self, new InetSocketAddress("0.0.0.0", 0), setup,
                new PeerServer.Services(List.of(), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("configure certificates");
        setup.threads().close();
    }

    @Test
    void plaintextTalksToLoopbackOnly() {
        TestPeer n1 = peer("n1", new PeerSecurity.Plaintext(false));
        cluster.put("far", Optional.empty(), new PeerAddress("192.0.2.1", 4_568));
        cluster.put("named", Optional.empty(), new PeerAddress("127.example.org", 4_568));

        for (String far : List.of("far", "named")) {
            assertThatThrownBy(() -> n1.connections().channel(far, Lane.CONTROL))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("configure certificates");
        }
    }
}
