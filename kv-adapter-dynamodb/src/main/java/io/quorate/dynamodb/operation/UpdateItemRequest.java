package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.repository.ItemExpressions;
import java.util.List;

/**
 * An item to update, or to create.
 *
 * @param table the table's name
 * @param key the attributes of its key, not checked against the table yet
 * @param expressions condition and update
 * @param changed the attributes the update changes
 * @param options what to answer
 */
public record UpdateItemRequest(String table, Item key, ItemExpressions expressions,
        List<String> changed, WriteOptions options) implements ItemRequest {
    public UpdateItemRequest {
        changed = List.copyOf(changed);
    }
}
