package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.PutOutcome;
import io.quorate.dynamodb.repository.PutReturns;
import io.quorate.dynamodb.repository.TableRepository;
import reactor.core.publisher.Mono;

/**
 * PutItem without conditions. Applied once however often an SDK repeats it. Source: DynamoDB API
 * reference, PutItem.
 */
public final class PutItem {
    private final TableRepository tables;
    private final ItemRepository items;

    public PutItem(TableRepository tables, ItemRepository items) {
        this.tables = tables;
        this.items = items;
    }

    /** Puts the item. */
    public Mono<DynamoDbResult> run(PutItemRequest request, Caller caller) {
        TableName name = caller.table(request.table());
        return tables.withTable(name, table -> put(request, caller, table))
                .map(outcome -> result(request, name, outcome));
    }

    private Mono<PutOutcome> put(PutItemRequest request, Caller caller, TableDefinition table) {
        PrimaryKey key = KeyRules.keyOfItem(table.keys(), request.item());
        return items.put(table, key, request.item(), returns(request), caller.retryId());
    }

    private static PutReturns returns(PutItemRequest request) {
        if (request.returnOld()) {
            return PutReturns.ITEM;
        }
        return request.capacity() == ReturnConsumedCapacity.NONE
                ? PutReturns.NOTHING
                : PutReturns.SIZE;
    }

    private static DynamoDbResult result(PutItemRequest request, TableName name,
            PutOutcome outcome) {
        // A write consumes what the larger of the two items needs, before or after.
        int size = Math.max(request.item().sizeBytes(), outcome.oldSizeBytes());
        return new PutItemResult(outcome.old(),
                ConsumedCapacity.write(request.capacity(), name, size));
    }
}
