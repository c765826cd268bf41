package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.repository.TableChanges;
import reactor.core.publisher.Mono;

/**
 * DeleteTable: the table is gone at once, its rows are removed in the background. Source: DynamoDB
 * API reference, DeleteTable.
 */
public final class DeleteTable {
    private final TableChanges changes;

    public DeleteTable(TableChanges changes) {
        this.changes = changes;
    }

    /** Deletes the table. */
    public Mono<DynamoDbResult> run(DeleteTableRequest request, Caller caller) {
        return changes.delete(caller.table(request.table()), DeleteTable::check)
                .map(table -> TableResult.of(TableResult.Member.DESCRIPTION, table,
                        TableResult.Status.DELETING, caller));
    }

    private static void check(TableDefinition table) {
        if (table.settings().deletionProtection()) {
            throw DynamoDbException.validation("Resource cannot be deleted as it is currently"
                    + " protected against deletion. Disable deletion protection first.");
        }
    }
}
