package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import java.util.Optional;

/**
 * What was found.
 *
 * @param item the item, if there is one
 * @param capacity what was consumed, if it was asked for
 */
public record GetItemResult(Optional<Item> item, Optional<ConsumedCapacity> capacity)
        implements
            DynamoDbResult {}
