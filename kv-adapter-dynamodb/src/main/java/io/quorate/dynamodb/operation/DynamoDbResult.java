package io.quorate.dynamodb.operation;

/** What an operation answers. */
public sealed interface DynamoDbResult
        permits CreateTableResult, DescribeTableResult, WriteItemResult, GetItemResult, PageResult,
        BatchGetItemResult, BatchWriteItemResult, TransactGetItemsResult,
        TransactWriteItemsResult {}
