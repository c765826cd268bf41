package io.quorate.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quorate.aws.http.ExchangeListener;
import io.quorate.aws.http.ExchangeSummary;
import io.quorate.aws.service.AwsService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Times requests as {@code quorate_requests_seconds} by protocol, action, status and AWS error code.
 * Buckets lie where an operator sets objectives. Thread-safe; one map look-up a request.
 */
public final class RequestMetrics {
    /** Series at most; requests beyond them are counted under the action "Other". */
    static final int MAX_SERIES = 2_000;

    private static final Duration[] BUCKETS = {millis(1), millis(2), millis(5), millis(10),
        millis(25), millis(50), millis(100), millis(250), millis(500), millis(1_000),
        millis(2_500), millis(5_000), millis(10_000), millis(30_000)};

    private final MeterRegistry registry;
    private final LongAdder active = new LongAdder();
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("quorate.requests.active", active, LongAdder::doubleValue)
                .description("Requests that are being answered").register(registry);
    }

    /** Begins to time a request; the listener must hear its end once. */
    public ExchangeListener begin() {
        long start = System.nanoTime();
        active.increment();
        return summary -> {
            active.decrement();
            timer(summary).record(Duration.ofNanos(System.nanoTime() - start));
        };
    }

    private Timer timer(ExchangeSummary summary) {
        Series series = new Series(summary.service(), summary.action(), summary.status(),
                summary.errorCode());
        Timer known = timers.get(series);
        if (known != null) {
            return known;
        }
        if (timers.size() >= MAX_SERIES) {
            series = new Series(summary.service(), "Other", summary.status(), null);
        }
        return timers.computeIfAbsent(series, this::register);
    }

    private Timer register(Series series) {
        return Timer.builder("quorate.requests")
                .description("From the head of a request to the end of its answer")
                .tag("protocol", series.service().signingName()).tag("action", series.action())
                .tag("status", Integer.toString(series.status()))
                .tag("code", series.errorCode() == null ? "" : series.errorCode())
                .serviceLevelObjectives(BUCKETS).register(registry);
    }

    private static Duration millis(int count) {
        return Duration.ofMillis(count);
    }

    private record Series(AwsService service, String action, int status,
            @Nullable String errorCode) {}
}
