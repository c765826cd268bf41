package io.quorate.dynamodb.operation;

import java.util.List;

/**
 * Names of tables in order.
 *
 * @param names the names
 * @param more whether more may follow
 */
public record ListTablesResult(List<String> names, boolean more) implements DynamoDbResult {
    public ListTablesResult {
        names = List.copyOf(names);
    }
}
