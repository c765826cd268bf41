package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import java.util.List;

/**
 * Items of several tables.
 *
 * @param found by table
 * @param unprocessed the keys for which there was no room in the answer, by table
 * @param capacity what was consumed, by table; empty unless it was asked for
 */
public record BatchGetItemResult(List<Found> found, List<BatchGetItemRequest.Gets> unprocessed,
        List<ConsumedCapacity> capacity) implements DynamoDbResult {
    public BatchGetItemResult {
        found = List.copyOf(found);
        unprocessed = List.copyOf(unprocessed);
        capacity = List.copyOf(capacity);
    }

    /** Items of one table. */
    public record Found(String table, List<Item> items) {}
}
