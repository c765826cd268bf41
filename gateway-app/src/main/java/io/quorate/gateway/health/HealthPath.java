package io.quorate.gateway.health;

import java.util.Optional;

/** The questions a probe can ask, by path. */
public enum HealthPath {
    /** Whether the process serves. */
    SERVES,
    /** Whether the node can serve every group it holds. */
    READY,
    /** Whether the node leads, confirmed by a quorum. */
    LEADER;

    private static final String ROOT = "/healthz";

    /** The question of a raw path on a listener of clients. */
    public static Optional<HealthPath> of(String rawPath) {
        if (!rawPath.startsWith(ROOT)) {
            return Optional.empty();
        }
        return switch (rawPath) {
            case ROOT -> Optional.of(SERVES);
            case ROOT + "/ready" -> Optional.of(READY);
            case ROOT + "/leader" -> Optional.of(LEADER);
            default -> Optional.empty();
        };
    }

    /** The question of a raw path on the management listener. */
    public static Optional<HealthPath> ofManagement(String rawPath) {
        return rawPath.equals("/admin" + ROOT + "/leader") ? Optional.of(LEADER) : of(rawPath);
    }
}
