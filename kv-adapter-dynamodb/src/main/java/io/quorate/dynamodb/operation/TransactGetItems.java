package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.error.ErrorDetail;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.TableRepository;
import io.quorate.kv.Versioned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * TransactGetItems: reads the latest version of every item, in whatever groups they are, then once
 * more; if no version has changed in between, all of them were the latest at the moment between the
 * two rounds. Else again. Source: DynamoDB API reference, TransactGetItems.
 */
public final class TransactGetItems {
    /** How often items are read again that others write meanwhile. */
    static final int MAX_ROUNDS = 32;
    /** How many items are read at a time. */
    private static final int READS = 16;
    private static final int FACTOR = 2;

    private final TableRepository tables;
    private final ItemRepository items;

    public TransactGetItems(TableRepository tables, ItemRepository items) {
        this.tables = tables;
        this.items = items;
    }

    /** Reads the items. */
    public Mono<DynamoDbResult> run(TransactGetItemsRequest request, Caller caller) {
        List<TableName> names = request.gets().stream().map(get -> caller.table(get.table()))
                .distinct().toList();
        return tables.withTables(names, found -> {
            List<Target> targets = targets(request, caller, found);
            return read(targets).flatMap(rows -> confirmed(targets, rows, MAX_ROUNDS));
        }).map(rows -> result(request, rows));
    }

    private static List<Target> targets(TransactGetItemsRequest request, Caller caller,
            Map<TableName, TableDefinition> found) {
        List<Target> targets = new ArrayList<>();
        List<ErrorDetail.Reason> reasons = new ArrayList<>(
                Collections.nCopies(request.gets().size(), ErrorDetail.Reason.NONE));
        boolean refused = false;
        for (int i = 0; i < request.gets().size(); i++) {
            TransactGetItemsRequest.Get get = request.gets().get(i);
            TableDefinition table = TransactWriteItems.present(found,
                    caller.table(get.table()));
            try {
                targets.add(new Target(table, KeyRules.keyOnly(table.keys(), get.key())));
            } catch (DynamoDbException bad) {
                refused = true;
                reasons.set(i, new ErrorDetail.Reason("ValidationError", bad.text(),
                        Optional.empty()));
            }
        }
        if (refused) {
            throw DynamoDbException.cancelled(reasons);
        }
        return targets;
    }

    private Mono<List<Optional<Versioned>>> read(List<Target> targets) {
        return Flux.fromIterable(targets).flatMapSequential(
                target -> items.getVersioned(target.table(), target.key()), READS).collectList();
    }

    private Mono<List<Optional<Versioned>>> confirmed(List<Target> targets,
            List<Optional<Versioned>> before, int rounds) {
        if (targets.size() == 1) {
            return Mono.just(before);
        }
        return read(targets).flatMap(now -> {
            if (versions(now).equals(versions(before))) {
                return Mono.just(now);
            }
            return rounds > 1
                    ? confirmed(targets, now, rounds - 1)
                    : Mono.error(TransactWriteItems.conflict(targets.size()));
        });
    }

    private static List<Long> versions(List<Optional<Versioned>> rows) {
        return rows.stream().map(row -> row.map(Versioned::version).orElse(Versioned.ABSENT))
                .toList();
    }

    private static DynamoDbResult result(TransactGetItemsRequest request,
            List<Optional<Versioned>> rows) {
        List<Optional<Item>> found = new ArrayList<>();
        Map<String, ConsumedCapacity> capacity = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            TransactGetItemsRequest.Get get = request.gets().get(i);
            @Nullable
            Projection projection = get.projection();
            Optional<Item> item = rows.get(i).map(row -> Item.of(row.value().shared()));
            ConsumedCapacity
                    .of(request.capacity(), get.table(), ConsumedCapacity.Kind.TRANSACTIONAL_READ,
                            FACTOR * ConsumedCapacity
                                    .readUnits(item.map(Item::sizeBytes).orElse(0), true),
                            Map.of())
                    .ifPresent(one -> capacity.merge(get.table(), one, ConsumedCapacity::plus));
            found.add(item.map(whole -> projection == null ? whole : projection.of(whole)));
        }
        return new TransactGetItemsResult(found, List.copyOf(capacity.values()));
    }

    private record Target(TableDefinition table, PrimaryKey key) {}
}
