package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * An item to get. Every read is consistent; the flag only decides the capacity it consumes.
 *
 * @param table the table's name
 * @param key the attributes of its key, not checked against the table yet
 * @param projection the parts wanted, or null for all
 * @param consistent whether ConsistentRead is true
 * @param capacity how much of the consumed capacity to answer
 */
public record GetItemRequest(String table, Item key, @Nullable Projection projection,
        boolean consistent, ReturnConsumedCapacity capacity) implements ItemRequest {}
