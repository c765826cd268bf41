package io.quorate.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.gateway.health.HealthHandler;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderProbe;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Mono;

class ManagementHandlerTest {
    private final MockServerHttpResponse response = new MockServerHttpResponse();
    private Optional<String> notReady = Optional.empty();
    private boolean openMetrics;

    @Test
    void metricsAreReadFromLoopback() {
        get("/actuator/prometheus", "127.0.0.1");

        assertAnswer(200, "metric 1\n");
    }

    @Test
    void metricsAreRefusedElsewhere() {
        get("/actuator/prometheus", "192.0.2.1");

        assertAnswer(403, "metrics are open on loopback only; see open-metrics");
    }

    @Test
    void metricsAreOpenIfConfigured() {
        openMetrics = true;

        get("/actuator/prometheus", "192.0.2.1");

        assertAnswer(200, "metric 1\n");
    }

    @Test
    void healthIsUpWhenTheNodeIsReady() {
        get("/actuator/health", "192.0.2.1");

        assertAnswer(200, "{\"status\":\"UP\"}");
    }

    @Test
    void healthIsOutOfServiceWhenItIsNot() {
        notReady = Optional.of("the log is being read");

        get("/actuator/health", "127.0.0.1");

        assertAnswer(503, "{\"status\":\"OUT_OF_SERVICE\"}");
    }

    @Test
    void theProbeOfTheLeaderHasASecondPath() {
        get("/admin/healthz/leader", "127.0.0.1");

        assertAnswer(200, "ok");
    }

    @Test
    void nothingElseIsThere() {
        get("/actuator/env", "127.0.0.1");

        assertAnswer(404, "not found");
    }

    @Test
    void nothingIsChangedThroughIt() {
        run(MockServerHttpRequest.post("/actuator/health").build());

        assertAnswer(405, "");
    }

    private void get(String path, String remote) {
        run(MockServerHttpRequest.get(path).remoteAddress(new InetSocketAddress(remote, 1))
                .build());
    }

    private void run(MockServerHttpRequest request) {
        HealthHandler health = new HealthHandler(new Leading(), () -> notReady, 0,
                Duration.ofSeconds(5));
        new ManagementHandler(health, () -> notReady, Mono.just("metric 1\n"), openMetrics)
                .handle(request, response).block();
    }

    private void assertAnswer(int status, String body) {
        assertThat(response.getStatusCode()).isEqualTo(HttpStatusCode.valueOf(status));
        assertThat(response.getBodyAsString().blockOptional().orElse("")).isEqualTo(body);
    }

    private static final class Leading implements LeaderProbe {
        @Override
        public Mono<Void> verifyLeader() {
            return Mono.empty();
        }

        @Override
        public Mono<Void> verifyLeaderFor(Key key) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> verifyLeaderOf(int groupId) {
            return Mono.empty();
        }

        @Override
        public Optional<String> knownLeader(int groupId) {
            return Optional.of("n1");
        }
    }
}
