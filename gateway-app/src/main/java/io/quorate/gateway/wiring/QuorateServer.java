package io.quorate.gateway.wiring;

import io.quorate.gateway.config.ServerSettings;
import java.util.function.Consumer;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;

/**
 * One running server. Starting opens the data directory, waits for the store and then for clients;
 * closing stops to listen, lets requests finish within the configured bound, then closes the store.
 */
public final class QuorateServer implements AutoCloseable {
    private final AnnotationConfigReactiveWebServerApplicationContext context;

    private QuorateServer(AnnotationConfigReactiveWebServerApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts a server.
     *
     * @param failStop told in one sentence when the disk has failed for good: the process should end
     * @throws RuntimeException if it cannot; the cause says why, and nothing is left behind
     */
    public static QuorateServer start(ServerSettings settings, Consumer<String> failStop) {
        return start(settings, failStop, StoreWiring.class, AdapterWiring.class);
    }

    static QuorateServer start(ServerSettings settings, Consumer<String> failStop,
            Class<?>... storeAndAdapters) {
        var context = new AnnotationConfigReactiveWebServerApplicationContext();
        context.getBeanFactory().registerSingleton("settings", settings);
        context.getBeanFactory().registerSingleton("failStop", new FailStop(failStop));
        context.register(ProtocolWiring.class, ListenerWiring.class);
        context.register(storeAndAdapters);
        try {
            context.refresh();
        } catch (RuntimeException | Error e) {
            context.close();
            throw e;
        }
        return new QuorateServer(context);
    }

    /** Closes the server when the process is told to stop. */
    public void closeOnShutdown() {
        context.registerShutdownHook();
    }

    /** The port of the endpoint, as bound. */
    public int port() {
        WebServer server = context.getWebServer();
        if (server == null) {
            throw new IllegalStateException("the endpoint is closed");
        }
        return server.getPort();
    }

    /** The port of the management listener, as bound. */
    public int managementPort() {
        return context.getBean(SideListeners.class).managementPort();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    /** A type of its own, since beans are found by type. */
    record FailStop(Consumer<String> told) {}
}
