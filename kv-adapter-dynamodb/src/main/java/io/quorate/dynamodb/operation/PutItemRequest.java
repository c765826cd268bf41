package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;

/**
 * An item to put.
 *
 * @param table the table's name
 * @param item the item, within the limits of size and nesting; its key is not checked yet
 * @param returnOld whether ReturnValues is ALL_OLD
 * @param capacity how much of the consumed capacity to answer
 */
public record PutItemRequest(String table, Item item, boolean returnOld,
        ReturnConsumedCapacity capacity) implements DynamoDbRequest {}
