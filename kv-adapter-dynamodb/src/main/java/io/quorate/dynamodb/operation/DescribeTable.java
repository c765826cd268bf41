package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.repository.TableRepository;
import reactor.core.publisher.Mono;

/** DescribeTable, linearizable. Source: DynamoDB API reference, DescribeTable. */
public final class DescribeTable {
    private final TableRepository tables;

    public DescribeTable(TableRepository tables) {
        this.tables = tables;
    }

    /** Describes the table. */
    public Mono<DynamoDbResult> run(DescribeTableRequest request, Caller caller) {
        return tables.read(caller.table(request.table())).map(
                found -> found.<DynamoDbResult>map(table -> TableResult.current(
                        TableResult.Member.TABLE, table, caller))
                        .orElseThrow(() -> DynamoDbException.tableNotFound(request.table())));
    }
}
