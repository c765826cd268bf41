package io.quorate.dynamodb.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table's owner chose besides its keys.
 *
 * @param billing how capacity is paid
 * @param throughput what was provisioned; {@link Throughput#NONE} for on-demand tables
 * @param tableClass the class, or null if none was asked for
 * @param deletionProtection whether DeleteTable is refused
 * @param tags in the order given
 */
public record TableSettings(Billing billing, Throughput throughput, @Nullable TableClass tableClass,
        boolean deletionProtection, List<Tag> tags) {
    /** Most tags of one table. */
    public static final int MAX_TAGS = 50;

    public TableSettings {
        tags = List.copyOf(tags);
    }

    /** The same with other tags. */
    public TableSettings withTags(List<Tag> others) {
        return new TableSettings(billing, throughput, tableClass, deletionProtection, others);
    }

    /** BillingMode, by the protocol's names. */
    public enum Billing {
        PROVISIONED, PAY_PER_REQUEST
    }

    /** TableClass, by the protocol's names. */
    public enum TableClass {
        STANDARD, STANDARD_INFREQUENT_ACCESS
    }

    /** Provisioned units a second; kept and answered, not enforced. */
    public record Throughput(long readUnits, long writeUnits) {
        /** Nothing provisioned. */
        public static final Throughput NONE = new Throughput(0, 0);
    }

    /** One tag. */
    public record Tag(String key, String value) {}
}
