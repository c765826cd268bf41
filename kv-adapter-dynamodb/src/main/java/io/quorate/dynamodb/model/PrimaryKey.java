package io.quorate.dynamodb.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of an item's key attributes, as bytes in the order DynamoDB sorts by. Immutable; the
 * arrays belong to the key and must not be changed.
 */
public final class PrimaryKey {
    private final byte[] partition;
    private final byte @Nullable [] sort;

    public PrimaryKey(byte[] partition, byte @Nullable [] sort) {
        this.partition = partition;
        this.sort = sort;
    }

    /** The partition key's value. */
    public byte[] partition() {
        return partition;
    }

    /** The sort key's value, or null. */
    public byte @Nullable [] sort() {
        return sort;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrimaryKey key && Arrays.equals(partition, key.partition)
                && Arrays.equals(sort, key.sort);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(partition) + Arrays.hashCode(sort);
    }
}
