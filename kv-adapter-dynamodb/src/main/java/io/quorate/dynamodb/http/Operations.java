package io.quorate.dynamodb.http;

import io.quorate.dynamodb.operation.Caller;
import io.quorate.dynamodb.operation.CreateTable;
import io.quorate.dynamodb.operation.CreateTableRequest;
import io.quorate.dynamodb.operation.DescribeTable;
import io.quorate.dynamodb.operation.DescribeTableRequest;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.DynamoDbResult;
import io.quorate.dynamodb.operation.GetItem;
import io.quorate.dynamodb.operation.GetItemRequest;
import io.quorate.dynamodb.operation.PutItem;
import io.quorate.dynamodb.operation.PutItemRequest;
import reactor.core.publisher.Mono;

/**
 * All operations, each for its request.
 *
 * @param createTable CreateTable
 * @param describeTable DescribeTable
 * @param putItem PutItem
 * @param getItem GetItem
 */
public record Operations(CreateTable createTable, DescribeTable describeTable, PutItem putItem,
        GetItem getItem) {
    Mono<DynamoDbResult> run(DynamoDbRequest request, Caller caller) {
        return switch (request) {
            case CreateTableRequest create -> createTable.run(create, caller);
            case DescribeTableRequest describe -> describeTable.run(describe, caller);
            case PutItemRequest put -> putItem.run(put, caller);
            case GetItemRequest get -> getItem.run(get, caller);
        };
    }
}
