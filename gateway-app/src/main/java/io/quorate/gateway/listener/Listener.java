package io.quorate.gateway.listener;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServer;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * One address and port to listen on.
 *
 * @param bind an address of this machine
 * @param port 0 takes a free one
 * @param bounds what bounds it
 */
public record Listener(String bind, int port, BoundedServer bounds) {
    /** A factory of its server; the server waits for its requests when it is told to stop. */
    public NettyReactiveWebServerFactory factory() {
        NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(port);
        factory.setAddress(address());
        factory.setServerCustomizers(List.of(bounds));
        factory.setShutdown(Shutdown.GRACEFUL);
        return factory;
    }

    /** A server that is not started yet. */
    public WebServer server(HttpHandler handler) {
        return factory().getWebServer(handler);
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("checked when the settings were read: " + bind, e);
        }
    }
}
