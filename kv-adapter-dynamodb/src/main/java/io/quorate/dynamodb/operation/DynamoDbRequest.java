package io.quorate.dynamodb.operation;

/** A request the adapter can serve, decoded and within DynamoDB's constraints. */
public sealed interface DynamoDbRequest
        permits CreateTableRequest, DescribeTableRequest, PutItemRequest, GetItemRequest {
    /** The name of the table it is about. */
    String table();
}
