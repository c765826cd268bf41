package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.repository.TableRepository;
import reactor.core.publisher.Mono;

/** ListTables, linearizable. Source: DynamoDB API reference, ListTables. */
public final class ListTables {
    private final TableRepository tables;

    public ListTables(TableRepository tables) {
        this.tables = tables;
    }

    /** Lists the tables of the caller's account. */
    public Mono<DynamoDbResult> run(ListTablesRequest request, Caller caller) {
        return tables.list(caller.account(), request.after(), request.limit() + 1).map(names -> {
            boolean more = names.size() > request.limit();
            return new ListTablesResult(more ? names.subList(0, request.limit()) : names, more);
        });
    }
}
