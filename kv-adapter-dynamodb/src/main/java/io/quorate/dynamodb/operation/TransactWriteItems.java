package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.error.ErrorDetail;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.repository.ClientToken;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.ItemWrite;
import io.quorate.dynamodb.repository.TableRepository;
import io.quorate.dynamodb.repository.WriteOutcome;
import io.quorate.dynamodb.repository.WriteResult;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * TransactWriteItems: all actions are decided together at the leader under the latches of their items
 * and applied by one transaction, once for each ClientRequestToken. Source: DynamoDB API reference,
 * TransactWriteItems.
 */
public final class TransactWriteItems {
    private static final int FACTOR = 2;
    private static final String SAME_ITEM = "Transaction request cannot include multiple operations"
            + " on one item";

    private final TableRepository tables;
    private final ItemRepository items;

    public TransactWriteItems(TableRepository tables, ItemRepository items) {
        this.tables = tables;
        this.items = items;
    }

    /** Does all actions or none. */
    public Mono<DynamoDbResult> run(TransactWriteItemsRequest request, Caller caller) {
        List<TableName> names = request.actions().stream()
                .map(action -> caller.table(action.table())).distinct().toList();
        Optional<ClientToken> token = request.token().map(text -> new ClientToken(
                caller.account(), text, TransactionDigest.of(request)));
        return tables.withTables(names, found -> {
            List<ItemWrite> writes = compile(request, caller, found);
            return items.transact(writes, token, caller.retryId())
                    .map(result -> new Done(writes, result));
        }).onErrorMap(TransactWriteItems::isConflict, failed -> conflict(request.actions().size()))
                .map(done -> answer(request, done));
    }

    private static List<ItemWrite> compile(TransactWriteItemsRequest request, Caller caller,
            Map<TableName, TableDefinition> found) {
        int count = request.actions().size();
        List<ItemWrite> writes = new ArrayList<>(count);
        List<ErrorDetail.Reason> reasons = new ArrayList<>(
                Collections.nCopies(count, ErrorDetail.Reason.NONE));
        boolean refused = false;
        for (int i = 0; i < count; i++) {
            TransactWriteItemsRequest.Action action = request.actions().get(i);
            try {
                writes.add(compile(action, request,
                        present(found, caller.table(action.table()))));
            } catch (DynamoDbException bad) {
                refused = true;
                reasons.set(i, new ErrorDetail.Reason("ValidationError", bad.text(),
                        Optional.empty()));
            }
        }
        if (refused) {
            throw DynamoDbException.cancelled(reasons);
        }
        Set<Key> rows = new HashSet<>();
        for (ItemWrite write : writes) {
            if (!rows.add(write.row())) {
                throw DynamoDbException.validation(SAME_ITEM);
            }
        }
        return writes;
    }

    private static ItemWrite compile(TransactWriteItemsRequest.Action action,
            TransactWriteItemsRequest request, TableDefinition table) {
        ItemWrite.Returning returning = new ItemWrite.Returning(ItemWrite.Values.NONE,
                action.options().oldOnFailure(),
                request.capacity() != ReturnConsumedCapacity.NONE);
        return switch (action.action()) {
            case PUT -> ItemWrites.put(table, action.item(), action.expressions(), returning);
            case UPDATE -> ItemWrites.update(table, action.item(), action.expressions(),
                    action.options().changed(), returning);
            case REINDEX, EXPIRE -> throw new IllegalStateException("no client does that");
            case DELETE, CHECK -> ItemWrites.onKey(action.action(), table, action.item(),
                    action.expressions(), returning);
        };
    }

    private static DynamoDbResult answer(TransactWriteItemsRequest request, Done done) {
        return switch (done.result().status()) {
            case DONE, REPEATED -> result(request, done);
            case FAILED -> throw DynamoDbException.cancelled(
                    done.result().outcomes().stream().map(TransactWriteItems::reason).toList());
            case TOKEN_MISMATCH -> throw new DynamoDbException(
                    DynamoDbError.IDEMPOTENT_PARAMETER_MISMATCH,
                    "The request was already made with another content and the same"
                            + " ClientRequestToken");
        };
    }

    private static ErrorDetail.Reason reason(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Applied applied -> ErrorDetail.Reason.NONE;
            case WriteOutcome.CheckFailed failed -> new ErrorDetail.Reason(
                    "ConditionalCheckFailed", DynamoDbException.CONDITION_FAILED, failed.item());
            case WriteOutcome.Refused refused -> new ErrorDetail.Reason("ValidationError",
                    refused.text(), Optional.empty());
        };
    }

    private static DynamoDbResult result(TransactWriteItemsRequest request, Done done) {
        Map<String, ConsumedCapacity> capacity = new LinkedHashMap<>();
        Map<String, List<Item>> collections = new LinkedHashMap<>();
        for (int i = 0; i < done.writes().size(); i++) {
            ItemWrite write = done.writes().get(i);
            String table = request.actions().get(i).table();
            if (done.result().status() == WriteResult.Status.DONE) {
                capacity(request, write, table, done.result().outcomes().get(i))
                        .ifPresent(one -> capacity.merge(table, one, ConsumedCapacity::plus));
            } else {
                // A repetition is answered from what is there: reads are all it consumes.
                ConsumedCapacity.of(request.capacity(), table,
                        ConsumedCapacity.Kind.TRANSACTIONAL_READ,
                        FACTOR * ConsumedCapacity.readUnits(write.item().sizeBytes(), true),
                        Map.of())
                        .ifPresent(one -> capacity.merge(table, one, ConsumedCapacity::plus));
            }
            if (request.collectionMetrics()) {
                ItemWrites.collection(write).ifPresent(key -> collections
                        .computeIfAbsent(table, any -> new ArrayList<>()).add(key));
            }
        }
        return new TransactWriteItemsResult(collections, List.copyOf(capacity.values()));
    }

    private static Optional<ConsumedCapacity> capacity(TransactWriteItemsRequest request,
            ItemWrite write, String table, WriteOutcome outcome) {
        if (!(outcome instanceof WriteOutcome.Applied applied)) {
            return Optional.empty();
        }
        List<Integer> doubled = applied.indexUnits().stream().map(units -> FACTOR * units)
                .toList();
        return ConsumedCapacity.of(request.capacity(), table,
                ConsumedCapacity.Kind.TRANSACTIONAL_WRITE,
                FACTOR * ConsumedCapacity.writeUnits(applied.largerBytes()),
                ConsumedCapacity.byIndex(write.target().indexes(), doubled));
    }

    /** All that others wrote again and again. */
    static DynamoDbException conflict(int actions) {
        return DynamoDbException.cancelled(Collections.nCopies(actions, new ErrorDetail.Reason(
                "TransactionConflict", "Transaction is ongoing for the item", Optional.empty())));
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof KvException kv
                && kv.failure() instanceof KvFailure.WriteConflict;
    }

    static TableDefinition present(Map<TableName, TableDefinition> found, TableName name) {
        TableDefinition table = found.get(name);
        if (table == null) {
            throw new IllegalStateException("no definition of " + name);
        }
        return table;
    }

    private record Done(List<ItemWrite> writes, WriteResult result) {}
}
