package io.quorate.dynamodb.operation;

import java.util.List;

/** A request about items of one table. */
public sealed interface ItemRequest extends DynamoDbRequest
        permits PutItemRequest, GetItemRequest, UpdateItemRequest, DeleteItemRequest, QueryRequest,
        ScanRequest {
    /** The table's name. */
    String table();

    @Override
    default List<String> resources() {
        return List.of(table());
    }
}
