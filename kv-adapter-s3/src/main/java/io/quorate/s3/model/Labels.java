package io.quorate.s3.model;

import java.util.Map;
import java.util.Optional;

/**
 * What may be changed of a version after it was written.
 *
 * @param tags its tags
 * @param retention until when it may not be deleted
 * @param legalHold whether it may not be deleted at all
 */
public record Labels(Map<String, String> tags, Optional<Retention> retention, boolean legalHold) {
    /** No labels. */
    public static final Labels NONE = new Labels(Map.of(), Optional.empty(), false);

    public Labels {
        tags = Map.copyOf(tags);
    }

    /** The same with other tags. */
    public Labels withTags(Map<String, String> others) {
        return new Labels(others, retention, legalHold);
    }

    /** The same with another retention. */
    public Labels withRetention(Optional<Retention> other) {
        return new Labels(tags, other, legalHold);
    }

    /** The same with or without a legal hold. */
    public Labels withLegalHold(boolean held) {
        return new Labels(tags, retention, held);
    }

    /**
     * Whether the version may not be deleted now.
     *
     * @param nowMillis group time
     * @param bypassGovernance whether the caller may, and wants to, pass over governance
     */
    public boolean forbidDeletion(long nowMillis, boolean bypassGovernance) {
        return legalHold || retention.filter(until -> until.holds(nowMillis, bypassGovernance))
                .isPresent();
    }
}
