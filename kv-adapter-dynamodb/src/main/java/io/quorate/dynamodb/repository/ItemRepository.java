package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.ItemKeyspace;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.kv.AtLeader;
import io.quorate.kv.Condition;
import io.quorate.kv.Fence;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Reads and writes items of a table whose definition may be stale: every method validates the table's
 * fence and fails so that {@link TableRepository#withTable} asks again. Thread-safe.
 */
public final class ItemRepository {
    private final TransactionalKv kv;
    private final AtLeader leader;

    /** Registers the adapter's handlers; make it before the node starts. */
    public ItemRepository(TransactionalKv kv, AtLeader leader) {
        this.kv = kv;
        this.leader = leader;
        leader.register(PutHandler.NAME, new PutHandler());
    }

    /**
     * Puts an item, replacing what was there.
     *
     * @param returns what to answer of the item that was there
     * @param retryId if present, a repetition is answered as the first request was
     */
    public Mono<PutOutcome> put(TableDefinition table, PrimaryKey primaryKey, Item item,
            PutReturns returns, Optional<RetryId> retryId) {
        Key key = ItemKeyspace.item(table.identity().number(), primaryKey);
        Value value = Value.of(item.shared());
        Mono<PutOutcome> outcome = returns == PutReturns.NOTHING && retryId.isEmpty()
                ? blindPut(table, key, value)
                : putAtLeader(table, key, value, returns, retryId);
        return outcome.onErrorMap(ItemRepository::isFenceBroken,
                broken -> new StaleTableException());
    }

    private Mono<PutOutcome> blindPut(TableDefinition table, Key key, Value value) {
        Condition fence = Fence.stands(fenceOf(table, key), table.identity().schemaVersion());
        return kv.commit(new Transaction(List.of(fence),
                List.of(new Mutation.Put(key, value)))).thenReturn(PutOutcome.NOTHING);
    }

    private Mono<PutOutcome> putAtLeader(TableDefinition table, Key key, Value value,
            PutReturns returns, Optional<RetryId> retryId) {
        PutCommand command = new PutCommand(returns, table.identity().number(),
                table.identity().schemaVersion(), key, value);
        return leader.call(key, PutHandler.NAME, command.encode(), retryId)
                .map(PutOutcome::decode);
    }

    /**
     * The item as it is now, linearizably; empty if there is none.
     *
     * <p>The fence is read beside the item. A found item needs no more: a table that still had its
     * fence at either read had this item then. Absence does, because the rows of a deleted table may
     * be gone already while its fence was read just before: the fence is read again, after it.
     */
    public Mono<Optional<Item>> get(TableDefinition table, PrimaryKey primaryKey) {
        Key key = ItemKeyspace.item(table.identity().number(), primaryKey);
        Key fence = fenceOf(table, key);
        return Mono.zip(kv.get(key), kv.get(fence), ItemRepository::found).flatMap(
                item -> item.isPresent()
                        ? Mono.just(item)
                        : kv.get(fence).map(again -> found(Optional.empty(), again)));
    }

    private static Optional<Item> found(Optional<Versioned> row, Optional<Versioned> fence) {
        if (fence.isEmpty()) {
            throw new StaleTableException();
        }
        return row.map(found -> Item.of(found.value().shared()));
    }

    private static Key fenceOf(TableDefinition table, Key key) {
        return TableKeyspace.fence(table.identity().number(), key.route());
    }

    private static boolean isFenceBroken(Throwable failure) {
        return failure instanceof KvException kvFailure
                && kvFailure.failure() instanceof KvFailure.ConditionFailed;
    }
}
