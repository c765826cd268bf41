package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import java.util.List;
import java.util.Map;

/**
 * What a batch of writes answers.
 *
 * @param unprocessed what the server was too busy for, by table
 * @param collections keys of item collections by table, if their metrics were asked for
 * @param capacity what was consumed, by table; empty unless it was asked for
 */
public record BatchWriteItemResult(List<BatchWriteItemRequest.Writes> unprocessed,
        Map<String, List<Item>> collections, List<ConsumedCapacity> capacity)
        implements
            DynamoDbResult {
    public BatchWriteItemResult {
        unprocessed = List.copyOf(unprocessed);
        capacity = List.copyOf(capacity);
    }
}
