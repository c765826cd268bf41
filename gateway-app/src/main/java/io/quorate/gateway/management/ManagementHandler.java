package io.quorate.gateway.management;

import io.quorate.gateway.health.HealthHandler;
import io.quorate.gateway.health.HealthPath;
import io.quorate.kv.NodeHealth;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Answers on the management port: {@code /healthz...} and {@code /admin/healthz/leader} as on every
 * listener, and under the paths that monitoring of Spring Boot applications expects,
 * {@code /actuator/health} and {@code /actuator/prometheus}. Metrics are for loopback only, unless
 * configured. Thread-safe.
 */
public final class ManagementHandler {
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final MediaType PROMETHEUS = MediaType
            .parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    private final HealthHandler health;
    private final NodeHealth node;
    private final Mono<String> metrics;
    private final boolean openMetrics;

    /**
     * @param metrics the metrics as Prometheus reads them, taken anew at each subscription, not on
     *        an event loop
     * @param openMetrics whether addresses other than loopback may read them
     */
    public ManagementHandler(HealthHandler health, NodeHealth node, Mono<String> metrics,
            boolean openMetrics) {
        this.health = health;
        this.node = node;
        this.metrics = metrics;
        this.openMetrics = openMetrics;
    }

    /** Answers one request. */
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        String path = request.getURI().getRawPath();
        Optional<HealthPath> probe = HealthPath.ofManagement(path);
        if (probe.isPresent()) {
            return health.handle(probe.get(), request, response);
        }
        return switch (path) {
            case "/actuator/health" -> readOnly(request, response, health(response));
            case "/actuator/prometheus" -> readOnly(request, response, metrics(request, response));
            default -> text(response, HttpStatus.NOT_FOUND, "not found");
        };
    }

    private Mono<Void> readOnly(ServerHttpRequest request, ServerHttpResponse response,
            Mono<Void> answer) {
        if (READS.contains(request.getMethod())) {
            return answer;
        }
        response.getHeaders().set(HttpHeaders.ALLOW, "GET, HEAD");
        return text(response, HttpStatus.METHOD_NOT_ALLOWED, "");
    }

    private Mono<Void> health(ServerHttpResponse response) {
        return Mono.defer(() -> {
            boolean up = node.reasonNotReady().isEmpty();
            return write(response, up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                    MediaType.APPLICATION_JSON,
                    up ? "{\"status\":\"UP\"}" : "{\"status\":\"OUT_OF_SERVICE\"}");
        });
    }

    private Mono<Void> metrics(ServerHttpRequest request, ServerHttpResponse response) {
        if (!openMetrics && !isLoopback(request.getRemoteAddress())) {
            return Mono.defer(() -> text(response, HttpStatus.FORBIDDEN,
                    "metrics are open on loopback only; see open-metrics"));
        }
        return metrics.flatMap(text -> write(response, HttpStatus.OK, PROMETHEUS, text));
    }

    private static boolean isLoopback(@Nullable InetSocketAddress remote) {
        return remote != null && remote.getAddress() != null
                && remote.getAddress().isLoopbackAddress();
    }

    private static Mono<Void> text(ServerHttpResponse response, HttpStatus status, String text) {
        return write(response, status, MediaType.TEXT_PLAIN, text);
    }

    private static Mono<Void> write(ServerHttpResponse response, HttpStatus status, MediaType type,
            String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatusCode(status);
        response.getHeaders().setContentType(type);
        response.getHeaders().setContentLength(body.length);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
