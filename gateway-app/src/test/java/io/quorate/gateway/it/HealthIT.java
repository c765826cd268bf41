package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthIT {
    @TempDir
    static Path data;

    private static RunningServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/healthz/ready", "/healthz/leader",
        "/healthz/leader?group=0"})
    void aSingleNodeIsWell(String path) throws Exception {
        HttpResponse<String> answer = send("GET", server.port(), path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/healthz/ready", "/healthz/leader",
        "/admin/healthz/leader", "/actuator/health"})
    void theManagementListenerSaysSoToo(String path) throws Exception {
        assertThat(send("GET", server.managementPort(), path).statusCode()).isEqualTo(200);
    }

    @Test
    void theLeaderIsNamed() throws Exception {
        assertThat(send("GET", server.port(), "/healthz/leader").headers()
                .firstValue("X-Quorate-Leader")).hasValue("n1");
    }

    @Test
    void aHeadIsAGetWithoutItsBody() throws Exception {
        HttpResponse<String> answer = send("HEAD", server.port(), "/healthz/leader");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void nothingElseIsAllowed(String method) throws Exception {
        HttpResponse<String> answer = send(method, server.port(), "/healthz/leader");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"group=1", "group=999999", "group=x", "group=-1"})
    void aGroupThatIsNotHereIsNotLed(String query) throws Exception {
        HttpResponse<String> answer = send("GET", server.port(), "/healthz/leader?" + query);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("not leader");
    }

    @Test
    void metricsTellOfRequestsAndOfTheStore() throws Exception {
        send("GET", server.port(), "/some-bucket");

        // A request is counted when its answer has been written, which its client may see first.
        await().untilAsserted(() -> {
            HttpResponse<String> answer = send("GET", server.managementPort(),
                    "/actuator/prometheus");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("quorate_requests_seconds_count{",
                    "protocol=\"s3\"", "quorate_raft_term", "jvm_memory_used_bytes");
        });
    }

    private static HttpResponse<String> send(String method, int port, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
