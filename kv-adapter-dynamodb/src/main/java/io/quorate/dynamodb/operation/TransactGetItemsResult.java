package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import java.util.List;
import java.util.Optional;

/**
 * Items as of one moment.
 *
 * @param items in the order of the request
 * @param capacity what was consumed, by table; empty unless it was asked for
 */
public record TransactGetItemsResult(List<Optional<Item>> items, List<ConsumedCapacity> capacity)
        implements
            DynamoDbResult {
    public TransactGetItemsResult {
        items = List.copyOf(items);
        capacity = List.copyOf(capacity);
    }
}
