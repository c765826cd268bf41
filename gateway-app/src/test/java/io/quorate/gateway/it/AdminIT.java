package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quorate.fixtures.net.FreePorts;
import io.quorate.gateway.config.KeySettings;
import io.quorate.gateway.operate.AdminCommand;
import io.quorate.gateway.operate.AdminRun;
import io.quorate.gateway.operate.OperatorSignature;
import io.quorate.kv.ClusterStatus;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.admin.v1.AdminGrpc;
import io.quorate.kv.admin.v1.RemoveMemberRequest;
import io.quorate.kv.admin.v1.StatusRequest;
import io.quorate.kv.admin.v1.TransferLeadershipRequest;
import io.quorate.kv.peer.PeerAddress;
import io.quorate.kv.peer.PeerSecurity;
import io.quorate.kv.peer.service.AdminClient;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Operators' requests over gRPC, signed with an access key, to a server in this process. */
class AdminIT {
    private static final KeySettings ROOT = new KeySettings("ROOTKEY", "root's secret",
            Optional.empty());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SERVICE = "quorate.admin.v1.Admin/";

    @TempDir
    Path data;
    private int port;
    private RunningServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        port = FreePorts.next();
        server = RunningServer.on(data, Map.of("QUORATE_ACCESS_KEY", ROOT.accessKey(),
                "QUORATE_SECRET_KEY", ROOT.secretKey()), port);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void anOperatorSeesAndChangesTheCluster() {
        try (AdminClient client = client(ROOT)) {
            ClusterStatus status = await(client.status());
            assertThat(status.leader()).contains("n1");
            assertThat(status.members()).singleElement()
                    .satisfies(member -> assertThat(member.nodeId()).isEqualTo("n1"));

            assertThat(client.transfer(Optional.of("n1"))
                    .contextWrite(Deadline.after(PATIENCE)::into).blockOptional(PATIENCE))
                    .as("it leads already").isEmpty();
            assertThatThrownBy(() -> await(client.transfer(Optional.of("n9")).thenReturn(1)))
                    .isInstanceOfSatisfying(KvException.class, refused -> assertThat(
                            refused.failure()).isInstanceOf(KvFailure.Refused.class));
        }
    }

    @Test
    void aSurvivorIsMadeAClusterOfItsOwnAndServes() {
        UUID before;
        try (AdminClient client = client(ROOT)) {
            before = await(client.status()).cluster();
        }
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false,
                StandardCharsets.UTF_8);
        AdminRun admin = new AdminRun(Map.of(), nowhere, nowhere);
        assertThat(admin.run(new AdminCommand.UnsafeRecover(data, true)))
                .as("while its process runs").isNotZero();
        server.close();
        assertThat(admin.run(new AdminCommand.UnsafeRecover(data, false)))
                .as("without acceptance of the loss").isNotZero();

        assertThat(admin.run(new AdminCommand.UnsafeRecover(data, true))).isZero();

        server = RunningServer.on(data, Map.of("QUORATE_ACCESS_KEY", ROOT.accessKey(),
                "QUORATE_SECRET_KEY", ROOT.secretKey()), port);
        try (AdminClient client = client(ROOT)) {
            ClusterStatus after = await(client.status());
            assertThat(after.cluster()).isNotEqualTo(before);
            assertThat(after.leader()).contains("n1");
        }
    }

    @Test
    void anotherSecretIsRefused() {
        try (AdminClient client = client(
                new KeySettings(ROOT.accessKey(), "a guess", Optional.empty()))) {
            assertThatThrownBy(() -> await(client.status()))
                    .isInstanceOf(AdminClient.RefusedCallerException.class);
        }
    }

    @Test
    void aRequestIsGoodForItsBodyItsMethodAndOnce() {
        byte[] harmless = StatusRequest.getDefaultInstance().toByteArray();
        byte[] toNobody = RemoveMemberRequest.newBuilder().setNodeId("n9").build().toByteArray();

        assertRefused(() -> with(headers("RemoveMember", toNobody))
                .removeMember(RemoveMemberRequest.newBuilder().setNodeId("n1").build()));
        assertRefused(() -> with(headers("RemoveMember", harmless)).transferLeadership(
                TransferLeadershipRequest.getDefaultInstance()));
        assertRefused(() -> with(Map.of()).status(StatusRequest.getDefaultInstance()));

        Map<String, String> once = headers("Status", harmless);
        assertThat(with(once).status(StatusRequest.getDefaultInstance()).getLeader())
                .isEqualTo("n1");
        assertRefused(() -> with(once).status(StatusRequest.getDefaultInstance()));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class,
                refused -> assertThat(refused.getStatus().getCode())
                        .isEqualTo(Code.UNAUTHENTICATED));
    }

    private static Map<String, String> headers(String method, byte[] message) {
        return OperatorSignature.with(ROOT, Clock.systemUTC(), new SecureRandom())
                .sign(SERVICE + method, message);
    }

    private AdminGrpc.AdminBlockingStub with(Map<String, String> signature) {
        Metadata headers = new Metadata();
        signature.forEach((name, value) -> headers
                .put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        return AdminGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private AdminClient client(KeySettings key) {
        return new AdminClient(PeerAddress.parse("127.0.0.1:" + port),
                new PeerSecurity.Plaintext(false),
                OperatorSignature.with(key, Clock.systemUTC(), new SecureRandom()));
    }

    private static <T> T await(Mono<T> work) {
        return Objects.requireNonNull(
                work.contextWrite(Deadline.after(PATIENCE)::into).block(PATIENCE.multipliedBy(2)));
    }
}
