package io.quorate.kv.leader;

import io.quorate.kv.LeaderHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The handlers of a node by name. Filled before the node serves; safe for any thread. */
final class HandlerRegistry {
    private final Map<String, LeaderHandler> handlers = new ConcurrentHashMap<>();

    void add(String name, LeaderHandler handler) {
        if (handlers.putIfAbsent(name, handler) != null) {
            throw new IllegalStateException("a handler is registered as " + name);
        }
    }

    LeaderHandler required(String name) {
        LeaderHandler handler = handlers.get(name);
        if (handler == null) {
            throw new IllegalStateException("no handler is registered as " + name);
        }
        return handler;
    }
}
