package io.quorate.dynamodb.operation;

/** What an operation answers. */
public sealed interface DynamoDbResult
        permits CreateTableResult, DescribeTableResult, PutItemResult, GetItemResult {}
