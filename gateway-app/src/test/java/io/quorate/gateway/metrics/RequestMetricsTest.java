package io.quorate.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quorate.aws.http.ExchangeListener;
import io.quorate.aws.http.ExchangeSummary;
import io.quorate.aws.request.RequestId;
import io.quorate.aws.service.AwsService;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RequestMetrics metrics = new RequestMetrics(registry);

    @Test
    void aRequestIsTimedByProtocolActionStatusAndCode() {
        metrics.begin().ended(summary("GetItem"));

        assertThat(registry.get("quorate.requests").tag("protocol", "dynamodb")
                .tag("action", "GetItem").tag("status", "400").tag("code", "ValidationException")
                .timer().count()).isOne();
    }

    @Test
    void aRequestIsActiveUntilItEnds() {
        ExchangeListener request = metrics.begin();

        assertThat(registry.get("quorate.requests.active").gauge().value()).isOne();
        request.ended(summary("GetItem"));
        assertThat(registry.get("quorate.requests.active").gauge().value()).isZero();
    }

    @Test
    void seriesAreBounded() {
        for (int i = 0; i < RequestMetrics.MAX_SERIES + 100; i++) {
            metrics.begin().ended(summary("Action" + i));
        }

        assertThat(registry.get("quorate.requests").timers())
                .hasSizeLessThanOrEqualTo(RequestMetrics.MAX_SERIES + 1);
        assertThat(registry.get("quorate.requests").tag("action", "Other").timer().count())
                .isEqualTo(100);
    }

    private static ExchangeSummary summary(String action) {
        return new ExchangeSummary(AwsService.DYNAMODB, new RequestId("id", ""), "root", action,
                400, "ValidationException");
    }
}
