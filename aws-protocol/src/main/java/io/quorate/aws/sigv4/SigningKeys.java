package io.quorate.aws.sigv4;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The derived keys used last, at most {@link #MAX_KEYS}. Only keys that verified a signature are
 * kept, so a stranger cannot push out those in use. Thread-safe; the lock is held for one look-up.
 */
final class SigningKeys {
    static final int MAX_KEYS = 1024;

    private final Map<Scope, SigningKey> keys = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Scope, SigningKey> eldest) {
            return size() > MAX_KEYS;
        }
    };

    record Scope(String accessKeyId, String date, String region, String service) {}

    @Nullable
    SigningKey get(Scope scope) {
        synchronized (keys) {
            return keys.get(scope);
        }
    }

    void keep(Scope scope, SigningKey key) {
        synchronized (keys) {
            keys.put(scope, key);
        }
    }

    int size() {
        synchronized (keys) {
            return keys.size();
        }
    }
}
