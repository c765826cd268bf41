package io.quorate.gateway.listener;

import io.quorate.gateway.config.HttpLimits;
import java.util.function.IntSupplier;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/** Pins a listener's loops and puts its bounds on it. One for each listener. */
public final class BoundedServer implements NettyServerCustomizer {
    private final PinnedLoops loops;
    private final HttpLimits limits;
    private final ConnectionLimit connections;

    public BoundedServer(PinnedLoops loops, HttpLimits limits) {
        this.loops = loops;
        this.limits = limits;
        this.connections = new ConnectionLimit(limits.maxConnections());
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.runOn(loops)
                .httpRequestDecoder(spec -> spec.maxHeaderSize(limits.maxHeaderBytes())
                        .maxInitialLineLength(limits.maxRequestLineBytes()))
                .idleTimeout(limits.idle()).readTimeout(limits.bodyStall())
                .doOnChannelInit(connections.then(new ReadAfterAnswer()));
    }

    /** How many connections are open. */
    public IntSupplier openConnections() {
        return connections::open;
    }
}
