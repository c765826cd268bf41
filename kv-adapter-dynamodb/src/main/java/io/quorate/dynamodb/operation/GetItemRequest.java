package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;

/**
 * An item to get. Every read is consistent; the flag only decides the capacity it consumes.
 *
 * @param table the table's name
 * @param key the attributes of its key, not checked against the table yet
 * @param consistent whether ConsistentRead is true
 * @param capacity how much of the consumed capacity to answer
 */
public record GetItemRequest(String table, Item key, boolean consistent,
        ReturnConsumedCapacity capacity) implements DynamoDbRequest {}
