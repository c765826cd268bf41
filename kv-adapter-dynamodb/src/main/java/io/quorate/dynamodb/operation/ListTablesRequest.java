package io.quorate.dynamodb.operation;

/**
 * Tables to list.
 *
 * @param after the name after which to begin, or ""
 * @param limit most names
 */
public record ListTablesRequest(String after, int limit) implements TableRequest {
    @Override
    public String table() {
        return "*";
    }
}
