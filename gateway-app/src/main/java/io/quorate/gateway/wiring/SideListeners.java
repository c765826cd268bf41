package io.quorate.gateway.wiring;

import io.quorate.gateway.listener.Gate;
import java.util.List;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * The management listener and the endpoint's further ports. They start before the endpoint, so that
 * a start which is announced is complete, and stop after it, so that probes see the shutdown.
 */
final class SideListeners implements SmartLifecycle {
    // The endpoint's phase is SmartLifecycle.DEFAULT_PHASE - 2048.
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final WebServer management;
    private final Gate managementGate;
    private final List<WebServer> more;
    private volatile boolean running;

    SideListeners(WebServer management, Gate managementGate, List<WebServer> more) {
        this.management = management;
        this.managementGate = managementGate;
        this.more = List.copyOf(more);
    }

    /** From now on another answers operators. */
    void opensTo(HttpHandler operators) {
        managementGate.opensTo(operators);
    }

    int managementPort() {
        return management.getPort();
    }

    @Override
    public void start() {
        running = true;
        management.start();
        more.forEach(WebServer::start);
    }

    @Override
    public void stop() {
        more.forEach(WebServer::stop);
        management.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
