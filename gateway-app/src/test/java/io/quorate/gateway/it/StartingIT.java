package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.fixtures.net.FreePorts;
import io.quorate.gateway.config.ServerFlags;
import io.quorate.gateway.config.SettingsReader;
import io.quorate.gateway.wiring.QuorateServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a node answers that waits for the others of a new cluster, and that it serves when they came. */
class StartingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NODES = 3;

    @TempDir
    Path data;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> ports = new ArrayList<>();
    private final List<Integer> managementPorts = new ArrayList<>();
    private final List<Integer> peerPorts = new ArrayList<>();
    private final List<CompletableFuture<QuorateServer>> starts = new ArrayList<>();

    @BeforeEach
    void startOne() {
        for (int i = 0; i < NODES; i++) {
            ports.add(FreePorts.next());
            managementPorts.add(FreePorts.next());
            peerPorts.add(FreePorts.next());
        }
        start(0);
        Awaitility.await("its port is open").atMost(PATIENCE).ignoreExceptions()
                .until(() -> get(ports.get(0), "/healthz").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        // Who still waits for the others is released by starting them.
        for (int i = starts.size(); i < NODES; i++) {
            start(i);
        }
        starts.stream().map(CompletableFuture::join)
                .map(server -> CompletableFuture.runAsync(server::close)).toList()
                .forEach(CompletableFuture::join);
    }

    @Test
    void aNodeThatWaitsForOthersSaysSoAndServesWhenTheyCame() throws Exception {
        for (int port : List.of(ports.get(0), managementPorts.get(0))) {
            assertThat(get(port, "/healthz").body()).isEqualTo("ok");
            assertThat(get(port, "/healthz/leader").statusCode()).isEqualTo(503);
            assertThat(get(port, "/healthz/leader").body()).isEqualTo("not leader");
            Awaitility.await("it says what it waits for").atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> ready = get(port, "/healthz/ready");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).isEqualTo(
                        "the node is starting: it waits for node n2, n3 to answer");
            });
        }
        assertThat(get(managementPorts.get(0), "/actuator/prometheus").statusCode())
                .isEqualTo(200);

        start(1);
        start(2);

        Awaitility.await("it serves").atMost(PATIENCE)
                .until(() -> get(ports.get(0), "/healthz/ready").statusCode() == 200);
        starts.forEach(CompletableFuture::join);
        try (DynamoDbClient client = AwsClients.of(ports.get(0)).dynamoDb()) {
            assertThat(client.listTables().tableNames()).isEmpty();
        }
    }

    @Test
    void everyProtocolAnswersInItsOwnForm() throws Exception {
        HttpResponse<String> s3 = get(ports.get(0), "/bucket/key");
        assertThat(s3.statusCode()).isEqualTo(503);
        assertThat(s3.headers().firstValue("Content-Type")).contains("application/xml");
        assertThat(s3.body()).contains("<Code>ServiceUnavailable</Code>");

        AwsClients clients = AwsClients.of(ports.get(0)).withoutRetries();
        try (S3Client objects = clients.s3();
                SqsClient queues = clients.sqs();
                DynamoDbClient tables = clients.dynamoDb()) {
            for (ThrowingCallable call : List.<ThrowingCallable>of(objects::listBuckets,
                    queues::listQueues, tables::listTables)) {
                assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class,
                        this::isUnavailable);
            }
        }
    }

    @Test
    void aPortThatIsTakenEndsTheStart() {
        assertThatThrownBy(() -> start(Map.of(ServerFlags.Flag.DATA,
                data.resolve("other").toString(), ServerFlags.Flag.PORT,
                String.valueOf(ports.get(0)), ServerFlags.Flag.MANAGEMENT_PORT, "0")).join())
                .isInstanceOf(CompletionException.class);
    }

    private void isUnavailable(AwsServiceException failure) {
        assertThat(failure.statusCode()).isEqualTo(503);
        assertThat(failure.awsErrorDetails().errorCode()).startsWith("ServiceUnavailable");
    }

    private HttpResponse<String> get(int port, String path)
            throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private void start(int node) {
        String peers = IntStream.range(0, NODES)
                .mapToObj(i -> "n" + (i + 1) + "=127.0.0.1:" + peerPorts.get(i))
                .collect(Collectors.joining(","));
        String id = "n" + (node + 1);
        starts.add(start(Map.of(ServerFlags.Flag.DATA, data.resolve(id).toString(),
                ServerFlags.Flag.NODE_ID, id, ServerFlags.Flag.PEERS, peers,
                ServerFlags.Flag.PORT, String.valueOf(ports.get(node)),
                ServerFlags.Flag.MANAGEMENT_PORT, String.valueOf(managementPorts.get(node)),
                ServerFlags.Flag.PEER_PORT, String.valueOf(peerPorts.get(node)))));
    }

    private static CompletableFuture<QuorateServer> start(Map<ServerFlags.Flag, String> flags) {
        CompletableFuture<QuorateServer> started = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                started.complete(QuorateServer.start(
                        SettingsReader.read(new ServerFlags(flags), Map.of()), sentence -> {}));
            } catch (RuntimeException | Error e) {
                started.completeExceptionally(e);
            }
        });
        return started;
    }
}
