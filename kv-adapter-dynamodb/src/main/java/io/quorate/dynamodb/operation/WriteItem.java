package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.ItemWrite;
import io.quorate.dynamodb.repository.TableRepository;
import io.quorate.dynamodb.repository.WriteOutcome;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * PutItem, UpdateItem and DeleteItem: one write of one item, decided at the item's leader and applied
 * once however often an SDK repeats it. Source: DynamoDB API reference.
 */
public final class WriteItem {
    private final TableRepository tables;
    private final ItemRepository items;

    public WriteItem(TableRepository tables, ItemRepository items) {
        this.tables = tables;
        this.items = items;
    }

    /** Puts an item. */
    public Mono<DynamoDbResult> run(PutItemRequest request, Caller caller) {
        return write(request.table(), request.options(), caller,
                table -> ItemWrites.put(table, request.item(), request.expressions(),
                        request.options().returning()));
    }

    /** Updates or creates an item. */
    public Mono<DynamoDbResult> run(UpdateItemRequest request, Caller caller) {
        return write(request.table(), request.options(), caller,
                table -> ItemWrites.update(table, request.key(), request.expressions(),
                        request.changed(), request.options().returning()));
    }

    /** Deletes an item. */
    public Mono<DynamoDbResult> run(DeleteItemRequest request, Caller caller) {
        return write(request.table(), request.options(), caller,
                table -> ItemWrites.onKey(ItemWrite.Action.DELETE, table, request.key(),
                        request.expressions(), request.options().returning()));
    }

    private Mono<DynamoDbResult> write(String name, WriteOptions options, Caller caller,
            Function<TableDefinition, ItemWrite> make) {
        // The outcome is judged after the table, whose definition a refusal by an item says nothing of.
        return tables.withTable(caller.table(name), table -> {
            ItemWrite write = make.apply(table);
            return items.write(write, caller.retryId())
                    .map(outcome -> new Written(write, outcome));
        }).map(written -> ItemWrites.result(written.write(), options, name, written.outcome()));
    }

    private record Written(ItemWrite write,
            WriteOutcome outcome) {}
}
