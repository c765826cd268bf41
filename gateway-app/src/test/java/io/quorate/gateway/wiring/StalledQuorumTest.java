package io.quorate.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.quorate.fixtures.time.Punctual;
import io.quorate.gateway.config.ServerFlags;
import io.quorate.gateway.config.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.resources.ConnectionProvider;

class StalledQuorumTest {
    private QuorateServer server;

    @BeforeEach
    void start() {
        server = QuorateServer.start(
                SettingsReader.read(
                        new ServerFlags(Map.of(ServerFlags.Flag.PORT, "0",
                                ServerFlags.Flag.MANAGEMENT_PORT, "0")),
                        Map.of()),
                sentence -> {}, ScriptedStore.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aProbeIsAnsweredAtItsDeadline() throws Exception {
        Punctual.between(Duration.ofMillis(285), Duration.ofMillis(1_500), () -> {
            HttpResponse<String> answer = get(server.port(), "/healthz/leader", "300");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("not leader");
        });
    }

    @Test
    void theManagementListenerAnswersTheSame() throws Exception {
        HttpResponse<String> answer = get(server.managementPort(), "/admin/healthz/leader", "50");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("not leader");
        assertThat(get(server.managementPort(), "/healthz/ready", "50").body())
                .isEqualTo("no quorum");
    }

    @Test
    void aFloodOfProbesIsAHandfulOfVerifications() {
        LongAdder notLeader = new LongAdder();
        ConnectionProvider connections = ConnectionProvider.builder("flood").maxConnections(200)
                .pendingAcquireMaxCount(-1).build();
        var client = reactor.netty.http.client.HttpClient.create(connections)
                .headers(headers -> headers.set("X-Quorate-Timeout", "200"));

        Flux.range(0, 2_000)
                .flatMap(i -> client.get()
                        .uri("http://127.0.0.1:" + server.port() + "/healthz/leader")
                        .responseSingle((response, body) -> body.asString()), 200)
                .doOnNext(body -> {
                    if (body.equals("not leader")) {
                        notLeader.increment();
                    }
                }).blockLast(Duration.ofSeconds(60));
        connections.dispose();

        assertThat(notLeader.sum()).isEqualTo(2_000);
        ScriptedStore.Verifications verifications = server
                .bean(ScriptedStore.Verifications.class);
        assertThat(verifications.most().get()).isLessThanOrEqualTo(4);
        await().untilAsserted(() -> assertThat(verifications.open()).hasValue(0));
    }

    @Test
    void aProbeThatHangsUpLeavesNoVerification() throws IOException {
        AtomicInteger open = server.bean(ScriptedStore.Verifications.class).open();
        try (Socket socket = connect()) {
            send(socket, "GET /healthz/leader HTTP/1.1\r\nHost: a\r\n\r\n");
            await().untilAsserted(() -> assertThat(open).hasValue(1));
        }

        await().untilAsserted(() -> assertThat(open).hasValue(0));
    }

    @Test
    void aClientThatHangsUpCancelsItsRequest() throws IOException {
        AtomicInteger open = server.bean(ScriptedStore.Hanging.class).open();
        try (Socket socket = connect()) {
            send(socket, "GET /bucket/key HTTP/1.1\r\nHost: a\r\n\r\n");
            await().untilAsserted(() -> assertThat(open).hasValue(1));
        }

        await().untilAsserted(() -> assertThat(open).hasValue(0));
    }

    @Test
    void aKeyCalledHealthzInABucketOfTheHostIsNoProbe() throws IOException {
        AtomicInteger open = server.bean(ScriptedStore.Hanging.class).open();
        try (Socket socket = connect()) {
            send(socket, "GET /healthz HTTP/1.1\r\nHost: photos.localhost\r\n\r\n");

            await().untilAsserted(() -> assertThat(open).hasValue(1));
        }
    }

    @Test
    void aServiceThatIsNotServedSaysSoInItsOwnWords() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                        .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("UnknownOperationException");
    }

    @Test
    void shutdownEndsWithinItsBoundThoughARequestHangs() throws IOException {
        AtomicInteger open = server.bean(ScriptedStore.Hanging.class).open();
        try (Socket socket = connect()) {
            send(socket, "GET /bucket/key HTTP/1.1\r\nHost: a\r\n\r\n");
            await().untilAsserted(() -> assertThat(open).hasValue(1));

            // Bounded it is if it ends at all; the request would hang for ever.
            assertTimeoutPreemptively(Duration.ofSeconds(60), server::close);
        }
    }

    private static HttpResponse<String> get(int port, String path, String timeoutMillis)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("X-Quorate-Timeout", timeoutMillis).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
}
