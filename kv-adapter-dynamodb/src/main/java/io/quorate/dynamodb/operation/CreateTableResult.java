package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.TableDefinition;

/**
 * A created table. DynamoDB answers CREATING; the table can be used at once.
 *
 * @param table as created
 * @param arn in the caller's region
 */
public record CreateTableResult(TableDefinition table, String arn) implements DynamoDbResult {}
