package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.repository.TableChanges;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/**
 * UpdateTable: billing, class, protection, streams, and global indexes, which are built and removed in the
 * background, one at a time. Source: DynamoDB API reference, UpdateTable.
 */
public final class UpdateTable {
    private final TableChanges changes;
    private final InstantSource clock;

    /** @param clock tells when streams begin and end */
    public UpdateTable(TableChanges changes, InstantSource clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /** Updates the table. */
    public Mono<DynamoDbResult> run(UpdateTableRequest request, Caller caller) {
        return changes
                .change(caller.table(request.table()),
                        table -> UpdatePlan.apply(request, table, clock.millis()))
                .map(table -> TableResult.of(TableResult.Member.DESCRIPTION, table,
                        TableResult.Status.UPDATING, caller));
    }
}
