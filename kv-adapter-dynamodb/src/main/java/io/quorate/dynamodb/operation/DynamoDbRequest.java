package io.quorate.dynamodb.operation;

import java.util.List;

/** A request the adapter can serve, decoded and within DynamoDB's constraints. */
public sealed interface DynamoDbRequest
        permits ItemRequest, GroupRequest, TableRequest, StreamRequest,
        StatementRequest {
    /**
     * What it is about, as the resources of policies name it: {@code name} or
     * {@code name/index/index}; none if it is about no table in particular.
     */
    List<String> resources();
}
