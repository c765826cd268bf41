package io.quorate.gateway.wiring;

import io.quorate.gateway.config.ServerSettings;
import io.quorate.gateway.listener.Gate;
import io.quorate.gateway.wiring.ListenerWiring.ServingRooms;
import java.util.function.Consumer;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * One running server. Starting opens the ports, which answer at first that the node is starting, then the data
 * directory and the store; closing stops to listen, lets requests finish within the configured bound, then closes the
 * store.
 *
 * <p>Two contexts, one inside the other: the listeners', and the store's with everything that needs it.
 */
public final class QuorateServer implements AutoCloseable {
    private final AnnotationConfigReactiveWebServerApplicationContext listeners;
    private final AnnotationConfigApplicationContext store;

    private QuorateServer(AnnotationConfigReactiveWebServerApplicationContext listeners,
            AnnotationConfigApplicationContext store) {
        this.listeners = listeners;
        this.store = store;
    }

    /**
     * Starts a server. Blocks until it serves.
     *
     * @param failStop told in one sentence when the disk has failed for good: the process should end
     * @throws RuntimeException if it cannot; the cause says why, and nothing is left behind
     */
    public static QuorateServer start(ServerSettings settings, Consumer<String> failStop) {
        return start(settings, failStop, StoreWiring.class, AdapterWiring.class);
    }

    static QuorateServer start(ServerSettings settings, Consumer<String> failStop,
            Class<?>... storeAndAdapters) {
        var listeners = new AnnotationConfigReactiveWebServerApplicationContext();
        listeners.getBeanFactory().registerSingleton("settings", settings);
        listeners.getBeanFactory().registerSingleton("failStop", new FailStop(failStop));
        listeners.register(ProtocolWiring.class, ListenerWiring.class);
        var store = new AnnotationConfigApplicationContext();
        store.register(ServingWiring.class);
        store.register(storeAndAdapters);
        QuorateServer server = new QuorateServer(listeners, store);
        try {
            listeners.refresh();
            store.setParent(listeners);
            store.refresh();
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
        ServingRooms rooms = store.getBean("servingRooms", ServingRooms.class);
        listeners.getBean(SideListeners.class).opensTo(rooms.management()::handle);
        listeners.getBean(Gate.class).opensTo(rooms.endpoint());
        return server;
    }

    /** Closes the server when the process is told to stop. */
    public void closeOnShutdown() {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(this::close));
    }

    /** The port of the endpoint, as bound. */
    public int port() {
        WebServer server = listeners.getWebServer();
        if (server == null) {
            throw new IllegalStateException("the endpoint is closed");
        }
        return server.getPort();
    }

    /** The port of the management listener, as bound. */
    public int managementPort() {
        return listeners.getBean(SideListeners.class).managementPort();
    }

    <T> T bean(Class<T> type) {
        return store.getBean(type);
    }

    /** Idempotent. */
    @Override
    public void close() {
        if (listeners.isRunning()) {
            listeners.stop();
        }
        store.close();
        listeners.close();
    }

    /** A type of its own, since beans are found by type. */
    record FailStop(Consumer<String> told) {}
}
