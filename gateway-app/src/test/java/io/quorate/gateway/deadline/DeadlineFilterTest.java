package io.quorate.gateway.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.error.AwsError;
import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import io.quorate.kv.Deadline;
import io.quorate.kv.DeadlineOrigin;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class DeadlineFilterTest {
    private final List<Deadline> deadlines = new ArrayList<>();
    private final List<DeadlineOrigin> origins = new ArrayList<>();
    private final List<AwsError> errors = new ArrayList<>();

    @Test
    void aSenderThatSaysNothingGetsTheDefault() {
        handle();

        assertRemaining(30_000);
        assertThat(origins).containsExactly(DeadlineOrigin.DEFAULT);
    }

    @Test
    void theHeaderWinsOverTheSdk() {
        handle("X-Quorate-Timeout", "1500", "X-Amz-Date", "20261123T115950Z", "amz-sdk-request",
                "ttl=20261123T120000Z; attempt=1; max=3");

        assertRemaining(1_500);
        assertThat(origins).containsExactly(DeadlineOrigin.CALLER);
    }

    @Test
    void theSdksTtlCountsFromTheRequestsOwnDate() {
        handle("X-Amz-Date", "20261231T235950Z", "amz-sdk-request",
                "attempt=1; ttl=20270101T000010Z; max=3");

        assertRemaining(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl=20261123T121501Z", "ttl=20261123T120000Z", "ttl=20261123T115959Z",
        "ttl=20261323T120001Z", "ttl=now", "ttl=", "attempt=1", "ttl=20261123t120001Z"})
    void aTtlThatIsOffOrUnreadableSaysNothing(String sdkRequest) {
        handle("X-Amz-Date", "20261123T120000Z", "amz-sdk-request", sdkRequest);

        assertRemaining(30_000);
    }

    @Test
    void aTtlWithoutADateSaysNothing() {
        handle("amz-sdk-request", "ttl=20261123T120000Z; attempt=1; max=3");

        assertRemaining(30_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "60001", "-1", "1.5", "1s", "", " 1", "000001", "99999999999"})
    void aMalformedTimeoutIsRefused(String timeout) {
        handle("X-Quorate-Timeout", timeout);

        assertThat(deadlines).isEmpty();
        assertThat(errors).singleElement()
                .satisfies(error -> assertThat(error.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @EnumSource(AwsService.class)
    void theServiceStaysWhatItWas(AwsService service) {
        assertThat(filter(service).service()).isEqualTo(service);
    }

    private void handle(String... headers) {
        AwsRequestHead head = new AwsRequestHead("GET", "/", "", AwsHeaders.of(headers));
        AwsExchange exchange = (AwsExchange) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{AwsExchange.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("respondError")) {
                        errors.add((AwsError) arguments[0]);
                        return Mono.empty();
                    }
                    assertThat(method.getName()).isEqualTo("head");
                    return head;
                });
        filter(AwsService.S3).handle(exchange).block();
    }

    private DeadlineFilter filter(AwsService service) {
        return new DeadlineFilter(new AwsHandler() {
            @Override
            public AwsService service() {
                return service;
            }

            @Override
            public Mono<Void> handle(AwsExchange exchange) {
                return Mono.deferContextual(context -> {
                    deadlines.add(Deadline.of(context));
                    origins.add(DeadlineOrigin.of(context));
                    return Mono.empty();
                });
            }

            @Override
            public String actionOf(AwsExchange exchange) {
                return "Anything";
            }
        }, Duration.ofSeconds(30));
    }

    private void assertRemaining(int millis) {
        assertThat(deadlines).singleElement()
                .satisfies(deadline -> assertThat(deadline.remaining()).isBetween(
                        Duration.ofMillis(millis - 1_000), Duration.ofMillis(millis)));
    }
}
