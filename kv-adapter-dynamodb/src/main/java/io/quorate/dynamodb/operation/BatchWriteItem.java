package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.repository.ItemExpressions;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.ItemWrite;
import io.quorate.dynamodb.repository.TableRepository;
import io.quorate.dynamodb.repository.WriteOutcome;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.RetryId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * BatchWriteItem: every write is checked before the first one is done; then each is done by itself.
 * What the server is too busy for is answered as not processed. Source: DynamoDB API reference,
 * BatchWriteItem.
 */
public final class BatchWriteItem {
    /** How many writes are under way at a time. */
    private static final int WRITES = 25;

    private final TableRepository tables;
    private final ItemRepository items;

    public BatchWriteItem(TableRepository tables, ItemRepository items) {
        this.tables = tables;
        this.items = items;
    }

    /** Does the writes. */
    public Mono<DynamoDbResult> run(BatchWriteItemRequest request, Caller caller) {
        Mono<Void> checked = Flux.fromIterable(request.tables())
                .concatMap(writes -> tables.withTable(caller.table(writes.name().name()),
                        table -> Mono.just(compile(writes, table, request))))
                .then();
        return checked.then(Mono.defer(() -> Flux.fromIterable(request.tables())
                .concatMap(writes -> write(writes, request, caller)).collectList()
                .map(done -> result(request, done))));
    }

    private Mono<Done> write(BatchWriteItemRequest.Writes writes, BatchWriteItemRequest request,
            Caller caller) {
        return tables.withTable(caller.table(writes.name().name()), table -> {
            List<ItemWrite> compiled = compile(writes, table, request);
            return Flux.range(0, compiled.size())
                    .flatMapSequential(i -> write(compiled.get(i), retryId(caller, writes, i)),
                            WRITES)
                    .collectList().map(outcomes -> new Done(writes, compiled, outcomes));
        });
    }

    /** Empty if the server is too busy. */
    private Mono<Optional<WriteOutcome>> write(ItemWrite write, Optional<RetryId> retryId) {
        return items.write(write, retryId).map(Optional::of)
                .onErrorResume(BatchWriteItem::isBusy, busy -> Mono.just(Optional.empty()));
    }

    private static Optional<RetryId> retryId(Caller caller, BatchWriteItemRequest.Writes writes,
            int position) {
        return caller.retryId().map(id -> RetryId.digestOf(id.toString(), writes.name().name(),
                String.valueOf(position)));
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof KvException kv && kv.failure() instanceof KvFailure.Overloaded;
    }

    private static List<ItemWrite> compile(BatchWriteItemRequest.Writes writes,
            TableDefinition table, BatchWriteItemRequest request) {
        ItemWrite.Returning returning = new ItemWrite.Returning(ItemWrite.Values.NONE, false,
                request.capacity() != ReturnConsumedCapacity.NONE);
        List<ItemWrite> compiled = new ArrayList<>();
        Set<Key> rows = new HashSet<>();
        for (BatchWriteItemRequest.Change change : writes.changes()) {
            ItemWrite write = change.action() == ItemWrite.Action.PUT
                    ? ItemWrites.put(table, change.item(), ItemExpressions.NONE, returning)
                    : ItemWrites.onKey(ItemWrite.Action.DELETE, table, change.item(),
                            ItemExpressions.NONE, returning);
            if (!rows.add(write.row())) {
                throw DynamoDbException
                        .validation("Provided list of item keys contains duplicates");
            }
            compiled.add(write);
        }
        return compiled;
    }

    private static DynamoDbResult result(BatchWriteItemRequest request, List<Done> done) {
        List<BatchWriteItemRequest.Writes> unprocessed = new ArrayList<>();
        Map<String, List<Item>> collections = new LinkedHashMap<>();
        List<ConsumedCapacity> capacity = new ArrayList<>();
        for (Done table : done) {
            table.unprocessed().ifPresent(unprocessed::add);
            table.capacity(request.capacity()).ifPresent(capacity::add);
            if (request.collectionMetrics()) {
                table.addCollections(collections);
            }
        }
        return new BatchWriteItemResult(unprocessed, collections, capacity);
    }

    /** What became of one table's writes. */
    private record Done(BatchWriteItemRequest.Writes request, List<ItemWrite> writes,
            List<Optional<WriteOutcome>> outcomes) {
        Optional<BatchWriteItemRequest.Writes> unprocessed() {
            List<BatchWriteItemRequest.Change> left = new ArrayList<>();
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).isEmpty()) {
                    left.add(request.changes().get(i));
                }
            }
            return left.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BatchWriteItemRequest.Writes(request.name(), left));
        }

        Optional<ConsumedCapacity> capacity(ReturnConsumedCapacity asked) {
            Optional<ConsumedCapacity> sum = Optional.empty();
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).orElse(null) instanceof WriteOutcome.Applied applied) {
                    Optional<ConsumedCapacity> one = ConsumedCapacity.write(asked,
                            request.name().given(), applied.largerBytes(),
                            ConsumedCapacity.byIndex(writes.get(i).target().indexes(),
                                    applied.indexUnits()));
                    sum = sum.isEmpty() ? one : sum.map(before -> before.plus(one.orElseThrow()));
                }
            }
            return sum;
        }

        void addCollections(Map<String, List<Item>> into) {
            for (ItemWrite write : writes) {
                ItemWrites.collection(write).ifPresent(key -> {
                    List<Item> keys = into.computeIfAbsent(request.name().given(),
                            any -> new ArrayList<>());
                    if (!keys.contains(key)) {
                        keys.add(key);
                    }
                });
            }
        }
    }
}
