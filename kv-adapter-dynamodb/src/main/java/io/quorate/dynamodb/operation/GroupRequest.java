package io.quorate.dynamodb.operation;

/** A request about items of several tables. */
public sealed interface GroupRequest extends DynamoDbRequest
        permits BatchGetItemRequest, BatchWriteItemRequest, TransactGetItemsRequest,
        TransactWriteItemsRequest {}
