package io.quorate.dynamodb.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table's primary key.
 *
 * @param partition the partition (HASH) key
 * @param sort the sort (RANGE) key, or null
 */
public record KeySchema(AttributeDefinition partition, @Nullable AttributeDefinition sort) {
    /** Longest value of a partition key, in bytes. */
    public static final int MAX_PARTITION_BYTES = 2048;
    /** Longest value of a sort key, in bytes. */
    public static final int MAX_SORT_BYTES = 1024;
    /** Longest name of a key attribute, in characters. */
    public static final int MAX_NAME_LENGTH = 255;

    /** The names of its attributes. */
    public List<String> names() {
        return sort == null ? List.of(partition.name()) : List.of(partition.name(), sort.name());
    }

    /** How many attributes a key has. */
    public int size() {
        return sort == null ? 1 : 2;
    }
}
