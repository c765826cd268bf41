package io.quorate.dynamodb.operation;

import java.util.List;

/** A request about tables themselves. */
public sealed interface TableRequest extends DynamoDbRequest
        permits CreateTableRequest, DescribeTableRequest, DeleteTableRequest, UpdateTableRequest,
        ListTablesRequest, TagsRequest, TimeToLiveRequest, PolicyRequest, FactsRequest {
    /** The table's name; "*" if it is about no table in particular. */
    String table();

    @Override
    default List<String> resources() {
        return List.of(table());
    }
}
