package io.quorate.gateway.operate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers what came for as long as it could be repeated. When it is full nothing new is taken until something is old
 * enough: forgetting earlier would let a repetition in. Safe for any thread.
 */
final class SeenOnce {
    /** Only believed requests are remembered, so this bounds operators, not strangers. */
    static final int MAX = 8_192;

    private final long keepMillis;
    private final Map<String, Long> seen = new LinkedHashMap<>();

    SeenOnce(Duration keep) {
        this.keepMillis = keep.toMillis();
    }

    /** Whether it comes for the first time. */
    synchronized boolean first(String what, long nowMillis) {
        seen.values().removeIf(at -> Math.abs(nowMillis - at) > keepMillis);
        return seen.size() < MAX && seen.putIfAbsent(what, nowMillis) == null;
    }
}
