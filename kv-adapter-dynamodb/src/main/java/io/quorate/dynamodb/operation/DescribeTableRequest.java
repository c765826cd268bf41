package io.quorate.dynamodb.operation;

/**
 * A table to describe.
 *
 * @param table its name
 */
public record DescribeTableRequest(String table) implements TableRequest {}
