package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import java.util.List;
import java.util.Optional;

/**
 * One page of Query or Scan.
 *
 * @param items what was found; empty if only the count was asked for
 * @param counts how many were found and how many looked at
 * @param lastKey where the next page begins, if there may be one
 * @param capacity what was consumed, if it was asked for
 */
public record PageResult(Optional<List<Item>> items, Counts counts, Optional<Item> lastKey,
        Optional<ConsumedCapacity> capacity) implements DynamoDbResult {
    /** Items that met the filter, and items read. */
    public record Counts(int found, int scanned) {}
}
