package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.TableRepository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
        return tables.withTable(name, table -> get(request, table))
                .map(item -> new GetItemResult(item.map(found -> selected(request, found)),
                        ConsumedCapacity.read(request.capacity(), name.name(),
                                item.map(Item::sizeBytes).orElse(0), request.consistent())));
    }

    private static Item selected(GetItemRequest request, Item found) {
        @Nullable
        Projection projection = request.projection();
        return projection == null ? found : projection.of(found);
    }

    private Mono<Optional<Item>> get(GetItemRequest request, TableDefinition table) {
        return items.get(table, KeyRules.keyOnly(table.keys(), request.key()));
    }
}
