package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import java.util.Optional;

/**
 * What a write answers.
 *
 * @param attributes what ReturnValues asked for
 * @param capacity what was consumed, if it was asked for
 * @param collection the item collection's key, if its metrics were asked for and the table has local
 *        indexes
 */
public record WriteItemResult(Optional<Item> attributes, Optional<ConsumedCapacity> capacity,
        Optional<Item> collection) implements DynamoDbResult {}
