package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import java.util.Optional;

/**
 * A put item.
 *
 * @param old what was there, if it was asked for and there was one
 * @param capacity what was consumed, if it was asked for
 */
public record PutItemResult(Optional<Item> old, Optional<ConsumedCapacity> capacity)
        implements
            DynamoDbResult {}
