package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.repository.ItemExpressions;

/**
 * An item to delete.
 *
 * @param table the table's name
 * @param key the attributes of its key, not checked against the table yet
 * @param expressions the condition
 * @param options what to answer
 */
public record DeleteItemRequest(String table, Item key, ItemExpressions expressions,
        WriteOptions options) implements ItemRequest {}
