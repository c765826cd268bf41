package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.repository.ItemExpressions;

/**
 * An item to put.
 *
 * @param table the table's name
 * @param item the item, within the limits of size and nesting; its key is not checked yet
 * @param expressions the condition
 * @param options what to answer
 */
public record PutItemRequest(String table, Item item, ItemExpressions expressions,
        WriteOptions options) implements ItemRequest {}
