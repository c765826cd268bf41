package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.TableRepository;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** GetItem, linearizable on every node. Source: DynamoDB API reference, GetItem. */
public final class GetItem {
    private final TableRepository tables;
    private final ItemRepository items;

    public GetItem(TableRepository tables, ItemRepository items) {
        this.tables = tables;
        this.items = items;
    }

    /** Gets the item. */
    public Mono<DynamoDbResult> run(GetItemRequest request, Caller caller) {
        TableName name = caller.table(request.table());
        return tables.withTable(name, table -> get(request, table)).map(item -> new GetItemResult(
                item, ConsumedCapacity.read(request.capacity(), name,
                        item.map(Item::sizeBytes).orElse(0), request.consistent())));
    }

    private Mono<Optional<Item>> get(GetItemRequest request, TableDefinition table) {
        return items.get(table, KeyRules.keyOnly(table.keys(), request.key()));
    }
}
