package io.quorate.dynamodb.http;

import io.quorate.dynamodb.operation.BatchGetItemRequest;
import io.quorate.dynamodb.operation.BatchWriteItemRequest;
import io.quorate.dynamodb.operation.Caller;
import io.quorate.dynamodb.operation.CreateTableRequest;
import io.quorate.dynamodb.operation.DeleteItemRequest;
import io.quorate.dynamodb.operation.DeleteTableRequest;
import io.quorate.dynamodb.operation.DescribeTableRequest;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.DynamoDbResult;
import io.quorate.dynamodb.operation.FactsRequest;
import io.quorate.dynamodb.operation.GetItemRequest;
import io.quorate.dynamodb.operation.GroupOperations;
import io.quorate.dynamodb.operation.ItemOperations;
import io.quorate.dynamodb.operation.ListTablesRequest;
import io.quorate.dynamodb.operation.PolicyRequest;
import io.quorate.dynamodb.operation.PutItemRequest;
import io.quorate.dynamodb.operation.QueryRequest;
import io.quorate.dynamodb.operation.ScanRequest;
import io.quorate.dynamodb.operation.StatementRequest;
import io.quorate.dynamodb.operation.Statements;
import io.quorate.dynamodb.operation.StreamRequest;
import io.quorate.dynamodb.operation.Streams;
import io.quorate.dynamodb.operation.TableOperations;
import io.quorate.dynamodb.operation.TagsRequest;
import io.quorate.dynamodb.operation.TimeToLiveRequest;
import io.quorate.dynamodb.operation.TransactGetItemsRequest;
import io.quorate.dynamodb.operation.TransactWriteItemsRequest;
import io.quorate.dynamodb.operation.UpdateItemRequest;
import io.quorate.dynamodb.operation.UpdateTableRequest;
import reactor.core.publisher.Mono;

/**
 * All operations, each for its request.
 *
 * @param tables those on tables
 * @param items those on items of one table
 * @param groups those on items of several
 * @param streams those on streams
 * @param statements PartiQL
 */
public record Operations(TableOperations tables, ItemOperations items, GroupOperations groups,
        Streams streams, Statements statements) {
    Mono<DynamoDbResult> run(DynamoDbRequest request, Caller caller) {
        return switch (request) {
            case CreateTableRequest create -> tables.create().run(create, caller);
            case DescribeTableRequest describe -> tables.describe().run(describe, caller);
            case ListTablesRequest list -> tables.list().run(list, caller);
            case DeleteTableRequest delete -> tables.delete().run(delete, caller);
            case UpdateTableRequest update -> tables.update().run(update, caller);
            case FactsRequest facts -> tables.properties().run(facts);
            case TagsRequest tags -> tables.properties().run(tags, caller);
            case TimeToLiveRequest expiry -> tables.properties().run(expiry, caller);
            case PolicyRequest policy -> tables.properties().run(policy, caller);
            case PutItemRequest put -> items.write().run(put, caller);
            case UpdateItemRequest update -> items.write().run(update, caller);
            case DeleteItemRequest delete -> items.write().run(delete, caller);
            case GetItemRequest get -> items.get().run(get, caller);
            case QueryRequest query -> items.query().run(query, caller);
            case ScanRequest scan -> items.scan().run(scan, caller);
            case BatchGetItemRequest batch -> groups.batchGet().run(batch, caller);
            case BatchWriteItemRequest batch -> groups.batchWrite().run(batch, caller);
            case TransactGetItemsRequest gets -> groups.transactGet().run(gets, caller);
            case TransactWriteItemsRequest writes -> groups.transactWrite().run(writes, caller);
            case StreamRequest stream -> streams.run(stream, caller);
            case StatementRequest statement -> statements.run(statement, caller);
        };
    }
}
