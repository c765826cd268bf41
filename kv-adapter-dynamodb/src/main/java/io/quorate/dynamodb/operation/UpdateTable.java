package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.repository.TableChanges;
import reactor.core.publisher.Mono;

/**
 * UpdateTable: billing, class, protection, and global indexes, which are built and removed in the
 * background, one at a time. Source: DynamoDB API reference, UpdateTable.
 */
public final class UpdateTable {
    private final TableChanges changes;

    public UpdateTable(TableChanges changes) {
        this.changes = changes;
    }

    /** Updates the table. */
    public Mono<DynamoDbResult> run(UpdateTableRequest request, Caller caller) {
        return changes
                .change(caller.table(request.table()), table -> UpdatePlan.apply(request, table))
                .map(table -> TableResult.of(TableResult.Member.DESCRIPTION, table,
                        TableResult.Status.UPDATING, caller));
    }
}
