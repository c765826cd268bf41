package io.quorate.sqs.model;

import java.util.Set;

/**
 * Which queues may name this one as their dead-letter queue. Source: "RedriveAllowPolicy".
 *
 * @param mode who may
 * @param sources the ARNs of those who may, {@link Mode#BY_QUEUE} only
 */
public record RedriveAllow(Mode mode, Set<String> sources) {
    /** Most sources that can be named. */
    public static final int MAX_SOURCES = 10;
    /** What holds where nothing was chosen. */
    public static final RedriveAllow EVERYBODY = new RedriveAllow(Mode.ALLOW_ALL, Set.of());

    /** Who may. */
    public enum Mode {
        ALLOW_ALL, DENY_ALL, BY_QUEUE
    }

    public RedriveAllow {
        sources = Set.copyOf(sources);
    }

    /** Whether the queue of that ARN may. */
    public boolean allows(String sourceArn) {
        return switch (mode) {
            case ALLOW_ALL -> true;
            case DENY_ALL -> false;
            case BY_QUEUE -> sources.contains(sourceArn);
        };
    }
}
