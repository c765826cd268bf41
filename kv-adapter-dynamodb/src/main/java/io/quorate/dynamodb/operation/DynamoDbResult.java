package io.quorate.dynamodb.operation;

/** What an operation answers. */
public sealed interface DynamoDbResult
        permits TableResult, ListTablesResult, FactsResult, TagsResult, TimeToLiveResult,
        PolicyResult, WriteItemResult, GetItemResult, PageResult, BatchGetItemResult,
        BatchWriteItemResult, TransactGetItemsResult, TransactWriteItemsResult,
        StreamResult, StatementResult {}
