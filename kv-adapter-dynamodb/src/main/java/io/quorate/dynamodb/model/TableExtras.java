package io.quorate.dynamodb.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table may have besides keys and settings.
 *
 * @param indexes its indexes, local ones first, in the order they were created
 * @param timeToLive the attribute by which items expire, or null if they do not
 * @param policy its resource policy, or null; kept and answered, not evaluated
 * @param stream its youngest stream, on or off, or null if it never had one
 */
public record TableExtras(List<SecondaryIndex> indexes, @Nullable String timeToLive,
        @Nullable Policy policy, @Nullable TableStream stream) {
    /** Nothing. */
    public static final TableExtras NONE = new TableExtras(List.of(), null, null, null);

    public TableExtras {
        indexes = List.copyOf(indexes);
    }

    /**
     * A resource policy.
     *
     * @param document JSON as it was given
     * @param revision its revision id
     */
    public record Policy(String document, String revision) {}

    /** The same with other indexes. */
    public TableExtras withIndexes(List<SecondaryIndex> others) {
        return new TableExtras(others, timeToLive, policy, stream);
    }

    /** The same with another attribute to expire by. */
    public TableExtras withTimeToLive(@Nullable String attribute) {
        return new TableExtras(indexes, attribute, policy, stream);
    }

    /** The same with another policy. */
    public TableExtras withPolicy(@Nullable Policy other) {
        return new TableExtras(indexes, timeToLive, other, stream);
    }

    /** The same with another stream. */
    public TableExtras withStream(@Nullable TableStream other) {
        return new TableExtras(indexes, timeToLive, policy, other);
    }
}
