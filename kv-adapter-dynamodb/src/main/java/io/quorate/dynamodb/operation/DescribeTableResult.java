package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.TableDefinition;

/**
 * A table that is ACTIVE.
 *
 * @param table as it is
 * @param arn in the caller's region
 */
public record DescribeTableResult(TableDefinition table, String arn) implements DynamoDbResult {}
