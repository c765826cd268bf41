package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import java.util.List;
import java.util.Map;

/**
 * What a transaction answers.
 *
 * @param collections keys of item collections by table, if their metrics were asked for
 * @param capacity what was consumed, by table; empty unless it was asked for
 */
public record TransactWriteItemsResult(Map<String, List<Item>> collections,
        List<ConsumedCapacity> capacity) implements DynamoDbResult {
    public TransactWriteItemsResult {
        capacity = List.copyOf(capacity);
    }
}
