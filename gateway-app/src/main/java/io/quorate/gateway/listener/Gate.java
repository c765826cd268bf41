package io.quorate.gateway.listener;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Stands behind a listener, so that a port can be open before the rooms that serve it are. Each request is answered by
 * who stood behind the gate when it came. Safe for any thread.
 */
public final class Gate implements HttpHandler {
    private volatile HttpHandler behind;

    /** @param first who answers at first */
    public Gate(HttpHandler first) {
        this.behind = first;
    }

    /** From now on another answers. */
    public void opensTo(HttpHandler next) {
        behind = next;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return behind.handle(request, response);
    }
}
