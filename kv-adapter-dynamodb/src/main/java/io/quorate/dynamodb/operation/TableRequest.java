package io.quorate.dynamodb.operation;

import java.util.List;

/** A request about tables themselves. */
public sealed interface TableRequest extends DynamoDbRequest
        permits CreateTableRequest, DescribeTableRequest {
    /** The table's name. */
    String table();

    @Override
    default List<String> resources() {
        return List.of(table());
    }
}
