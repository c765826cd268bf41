package io.quorate.dynamodb.operation;

/**
 * A table to delete.
 *
 * @param table its name
 */
public record DeleteTableRequest(String table) implements TableRequest {}
