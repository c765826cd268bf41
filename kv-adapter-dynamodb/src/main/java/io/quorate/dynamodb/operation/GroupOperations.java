package io.quorate.dynamodb.operation;

/** The operations on items of several tables. */
public record GroupOperations(BatchGetItem batchGet, BatchWriteItem batchWrite,
        TransactGetItems transactGet, TransactWriteItems transactWrite) {}
