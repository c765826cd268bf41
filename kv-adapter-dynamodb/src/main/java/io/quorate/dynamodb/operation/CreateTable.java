package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.repository.NewTable;
import io.quorate.dynamodb.repository.TableCreation;
import reactor.core.publisher.Mono;

/**
 * CreateTable. Fails with ResourceInUseException if there is a table of that name. Source: DynamoDB
 * API reference, CreateTable.
 */
public final class CreateTable {
    private final TableCreation tables;

    public CreateTable(TableCreation tables) {
        this.tables = tables;
    }

    /** Creates the table. */
    public Mono<DynamoDbResult> run(CreateTableRequest request, Caller caller) {
        NewTable table = new NewTable(caller.table(request.table()), request.keys(),
                request.attributes(), request.settings(), request.extras(),
                caller.retryId().orElse(null));
        return tables.create(table).map(created -> TableResult.of(TableResult.Member.DESCRIPTION,
                created, TableResult.Status.CREATING, caller));
    }
}
