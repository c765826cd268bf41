package io.quorate.gateway.filter;

import io.quorate.aws.http.AwsEntry;
import io.quorate.gateway.health.HealthHandler;
import io.quorate.gateway.health.HealthPath;
import io.quorate.gateway.health.VirtualHosts;
import io.quorate.gateway.metrics.RequestMetrics;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * The first room of every request on a listener of clients: a probe goes to health, all else to the
 * AWS protocols. Sits above Spring's codecs and handler mapping, which would cost a third of the
 * throughput. A client that hangs up cancels what was begun. Thread-safe.
 */
public final class GatewayHandler implements HttpHandler {
    private final HealthHandler health;
    private final VirtualHosts hosts;
    private final AwsEntry aws;
    private final RequestMetrics metrics;

    public GatewayHandler(HealthHandler health, VirtualHosts hosts, AwsEntry aws,
            RequestMetrics metrics) {
        this.health = health;
        this.hosts = hosts;
        this.aws = aws;
        this.metrics = metrics;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        Optional<HealthPath> probe = HealthPath.of(request.getURI().getRawPath());
        if (probe.isPresent()
                && !hosts.namesBucket(request.getHeaders().getFirst(HttpHeaders.HOST))) {
            return health.handle(probe.get(), request, response);
        }
        return aws.handle(request, response, metrics.begin());
    }
}
