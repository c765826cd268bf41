package io.quorate.dynamodb.operation;

/** The operations on tables. */
public record TableOperations(CreateTable create, DescribeTable describe, ListTables list,
        DeleteTable delete, UpdateTable update, TableProperties properties) {}
