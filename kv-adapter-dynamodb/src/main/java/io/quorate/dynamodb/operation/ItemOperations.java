package io.quorate.dynamodb.operation;

/** The operations on items of one table. */
public record ItemOperations(WriteItem write, GetItem get, Query query, Scan scan) {}
