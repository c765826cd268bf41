package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.TableRepository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * BatchGetItem: each item is read linearizably and by itself. An answer holds up to 16 MiB of items;
 * the keys of the rest are answered as not processed. Source: DynamoDB API reference, BatchGetItem.
 */
public final class BatchGetItem {
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;
    /** How many items are read at a time. */
    private static final int READS = 16;

    private final TableRepository tables;
    private final ItemRepository items;

    public BatchGetItem(TableRepository tables, ItemRepository items) {
        this.tables = tables;
        this.items = items;
    }

    /** Gets the items. */
    public Mono<DynamoDbResult> run(BatchGetItemRequest request, Caller caller) {
        return Mono.defer(() -> {
            Answer answer = new Answer(request.capacity());
            return Flux.fromIterable(request.tables())
                    .concatMap(gets -> get(gets, caller).doOnNext(found -> answer.add(gets, found)))
                    .then(Mono.fromSupplier(answer::result));
        });
    }

    private Mono<List<Optional<Item>>> get(BatchGetItemRequest.Gets gets, Caller caller) {
        return tables.withTable(caller.table(gets.name().name()), table -> {
            List<PrimaryKey> keys = keys(gets, table);
            return Flux.fromIterable(keys)
                    .flatMapSequential(key -> items.get(table, key), READS).collectList();
        });
    }

    private static List<PrimaryKey> keys(BatchGetItemRequest.Gets gets, TableDefinition table) {
        List<PrimaryKey> keys = gets.keys().stream()
                .map(key -> KeyRules.keyOnly(table.keys(), key)).toList();
        if (new HashSet<>(keys).size() < keys.size()) {
            throw DynamoDbException
                    .validation("Provided list of item keys contains duplicates");
        }
        return keys;
    }

    /** What is answered, as far as there is room. Filled by one table after the other. */
    private static final class Answer {
        private final ReturnConsumedCapacity asked;
        private final List<BatchGetItemResult.Found> found = new ArrayList<>();
        private final List<BatchGetItemRequest.Gets> unprocessed = new ArrayList<>();
        private final List<ConsumedCapacity> capacity = new ArrayList<>();
        private long size;

        Answer(ReturnConsumedCapacity asked) {
            this.asked = asked;
        }

        void add(BatchGetItemRequest.Gets gets, List<Optional<Item>> read) {
            List<Item> answered = new ArrayList<>();
            List<Item> left = new ArrayList<>();
            Optional<ConsumedCapacity> consumed = Optional.empty();
            @Nullable
            Projection projection = gets.selection().projection();
            for (int i = 0; i < read.size(); i++) {
                int bytes = read.get(i).map(Item::sizeBytes).orElse(0);
                if (size + bytes > MAX_ANSWER_BYTES) {
                    left.add(gets.keys().get(i));
                    continue;
                }
                size += bytes;
                read.get(i).map(item -> projection == null ? item : projection.of(item))
                        .ifPresent(answered::add);
                consumed = sum(consumed, ConsumedCapacity.read(asked, gets.name().given(), bytes,
                        gets.selection().consistent()));
            }
            found.add(new BatchGetItemResult.Found(gets.name().given(), answered));
            consumed.ifPresent(capacity::add);
            if (!left.isEmpty()) {
                unprocessed.add(
                        new BatchGetItemRequest.Gets(gets.name(), left, gets.selection()));
            }
        }

        private static Optional<ConsumedCapacity> sum(Optional<ConsumedCapacity> one,
                Optional<ConsumedCapacity> two) {
            return one.isEmpty() || two.isEmpty()
                    ? (one.isEmpty() ? two : one)
                    : Optional.of(one.get().plus(two.get()));
        }

        DynamoDbResult result() {
            return new BatchGetItemResult(found, unprocessed, capacity);
        }
    }
}
