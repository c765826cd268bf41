package io.quorate.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderProbe;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Mono;

class HealthHandlerTest {
    private MockServerHttpResponse response = new MockServerHttpResponse();
    private Mono<Void> verification = Mono.empty();
    private Optional<String> leader = Optional.of("n1");
    private Optional<String> notReady = Optional.empty();
    private int verifiedGroup = -1;

    @Test
    void theProcessServes() {
        get(HealthPath.SERVES, "/healthz");

        assertAnswer(200, "ok");
        assertThat(response.getHeaders().getCacheControl()).isEqualTo("no-store");
        assertThat(response.getHeaders().getFirst("Content-Type")).isEqualTo("text/plain");
        assertThat(response.getHeaders().getContentLength()).isEqualTo(2);
    }

    @Test
    void aNodeThatIsNotReadySaysWhy() {
        notReady = Optional.of("the disk is full");

        get(HealthPath.READY, "/healthz/ready");

        assertAnswer(503, "the disk is full");
    }

    @Test
    void aVerifiedLeaderIsOkAndNamed() {
        get(HealthPath.LEADER, "/healthz/leader");

        assertAnswer(200, "ok");
        assertThat(response.getHeaders().getFirst("X-Quorate-Leader")).isEqualTo("n1");
        assertThat(verifiedGroup).isZero();
    }

    @Test
    void aFollowerNamesTheLeader() {
        verification = Mono.error(new KvFailure.NotLeader(Optional.of("n2")).asException());
        leader = Optional.of("n2");

        get(HealthPath.LEADER, "/healthz/leader");

        assertAnswer(503, "not leader");
        assertThat(response.getHeaders().getFirst("X-Quorate-Leader")).isEqualTo("n2");
    }

    @Test
    void aReachedBoundIsOverloaded() {
        verification = Mono.error(new KvFailure.Overloaded("waiters").asException());

        get(HealthPath.LEADER, "/healthz/leader");

        assertAnswer(503, "overloaded");
    }

    @Test
    void aBrokenStoreIsNotLeaderAndNever500() {
        verification = Mono.error(new IllegalStateException("broken"));
        leader = Optional.empty();

        get(HealthPath.LEADER, "/healthz/leader");

        assertAnswer(503, "not leader");
        assertThat(response.getHeaders().containsHeader("X-Quorate-Leader")).isFalse();
    }

    @Test
    void aStalledQuorumIsNotLeaderAtTheProbesDeadline() throws Exception {
        verification = Mono.never();

        Punctual.between(Duration.ofMillis(47), Duration.ofMillis(500), () -> {
            response = new MockServerHttpResponse();
            run(HealthPath.LEADER, MockServerHttpRequest.get("/healthz/leader")
                    .header("X-Quorate-Timeout", "50").build());

            assertAnswer(503, "not leader");
        });
    }

    @Test
    void aGroupIsNamedByNumber() {
        get(HealthPath.LEADER, "/healthz/leader?x=1&group=7");

        assertThat(verifiedGroup).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"group=", "group=x", "group=-1", "group=99999999999"})
    void whatIsNoGroupIsNotLed(String query) {
        get(HealthPath.LEADER, "/healthz/leader?" + query);

        assertAnswer(503, "not leader");
        assertThat(verifiedGroup).isEqualTo(-1);
    }

    @Test
    void aMalformedTimeoutIsABadRequest() {
        run(HealthPath.LEADER, MockServerHttpRequest.get("/healthz/leader")
                .header("X-Quorate-Timeout", "soon").build());

        assertAnswer(400,
                "X-Quorate-Timeout must be a whole number of milliseconds from 1 to 60000.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "BREW"})
    void onlyGetAndHeadAreAllowed(String method) {
        run(HealthPath.SERVES,
                MockServerHttpRequest.method(HttpMethod.valueOf(method), "/healthz").build());

        assertAnswer(405, "");
        assertThat(response.getHeaders().getFirst("Allow")).isEqualTo("GET, HEAD");
    }

    private void get(HealthPath path, String uri) {
        run(path, MockServerHttpRequest.get(uri).build());
    }

    private void run(HealthPath path, MockServerHttpRequest request) {
        new HealthHandler(new Probe(), () -> notReady, 0, Duration.ofSeconds(5))
                .handle(path, request, response).block();
    }

    private void assertAnswer(int status, String body) {
        assertThat(response.getStatusCode()).isEqualTo(HttpStatusCode.valueOf(status));
        assertThat(response.getBodyAsString().blockOptional().orElse("")).isEqualTo(body);
    }

    private final class Probe implements LeaderProbe {
        @Override
        public Mono<Void> verifyLeader() {
            throw new AssertionError("the group is always named");
        }

        @Override
        public Mono<Void> verifyLeaderFor(Key key) {
            throw new AssertionError("no key is asked for");
        }

        @Override
        public Mono<Void> verifyLeaderOf(int groupId) {
            verifiedGroup = groupId;
            return Mono.deferContextual(context -> Deadline.of(context).hasPassed()
                    ? Mono.error(new AssertionError("a round without time"))
                    : verification);
        }

        @Override
        public Optional<String> knownLeader(int groupId) {
            return leader;
        }
    }
}
