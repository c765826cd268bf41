package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.expression.Expressions;
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
    private static final WriteResult BLINDLY_DONE = new WriteResult(WriteResult.Status.DONE,
            List.of(new WriteOutcome.Applied(0, Optional.empty(), List.of())));

    private final TransactionalKv kv;
    private final AtLeader leader;

    /** Registers the adapter's handlers; make it before the node starts. */
    public ItemRepository(TransactionalKv kv, AtLeader leader, Expressions expressions) {
        this.kv = kv;
        this.leader = leader;
        leader.register(WriteHandler.NAME, new WriteHandler(expressions));
    }

    /**
     * Does one write.
     *
     * @param retryId if present, a repetition is answered as the first request was
     */
    public Mono<WriteOutcome> write(ItemWrite write, Optional<RetryId> retryId) {
        Mono<WriteResult> result = write.isBlind() && retryId.isEmpty()
                ? blindPut(write).onErrorMap(ItemRepository::isFenceBroken,
                        broken -> new StaleTableException())
                : call(new WriteCommand(List.of(write), null), retryId);
        return result.map(done -> done.outcomes().getFirst());
    }

    /**
     * Does all writes or none.
     *
     * @param writes of different items
     * @param token recognizes a repetition, if the client has one
     */
    public Mono<WriteResult> transact(List<ItemWrite> writes, Optional<ClientToken> token,
            Optional<RetryId> retryId) {
        return call(new WriteCommand(writes, token.map(ClientToken::toCommand).orElse(null)),
                retryId);
    }

    private Mono<WriteResult> call(WriteCommand command, Optional<RetryId> retryId) {
        return leader.call(command.writes().getFirst().row(), WriteHandler.NAME, command.encode(),
                retryId).map(WriteResult::decode)
                .onErrorMap(ItemRepository::isFenceBroken, broken -> new StaleTableException());
    }

    private Mono<WriteResult> blindPut(ItemWrite write) {
        Key row = write.row();
        Condition fence = Fence.stands(TableKeyspace.fence(write.target().table(), row.route()),
                write.target().schemaVersion());
        return kv.commit(new Transaction(List.of(fence),
                List.of(new Mutation.Put(row, Value.of(write.item().shared())))))
                .thenReturn(BLINDLY_DONE);
    }

    /**
     * The item as it is now, linearizably; empty if there is none.
     *
     * <p>The fence is read beside the item. A found item needs no more: a table that still had its
     * fence at either read had this item then. Absence does, because the rows of a deleted table may
     * be gone already while its fence was read just before: the fence is read again, after it.
     */
    public Mono<Optional<Item>> get(TableDefinition table, PrimaryKey primaryKey) {
        return getVersioned(table, primaryKey)
                .map(row -> row.map(found -> Item.of(found.value().shared())));
    }

    /** The same with the version of the row. */
    public Mono<Optional<Versioned>> getVersioned(TableDefinition table, PrimaryKey primaryKey) {
        Key key = ItemKeyspace.item(table.identity().number(), primaryKey);
        Key fence = TableKeyspace.fence(table.identity().number(), key.route());
        return Mono.zip(kv.get(key), kv.get(fence), ItemRepository::found).flatMap(
                row -> row.isPresent()
                        ? Mono.just(row)
                        : kv.get(fence).map(again -> found(Optional.empty(), again)));
    }

    private static Optional<Versioned> found(Optional<Versioned> row, Optional<Versioned> fence) {
        if (fence.isEmpty()) {
            throw new StaleTableException();
        }
        return row;
    }

    static boolean isFenceBroken(Throwable failure) {
        return failure instanceof KvException kvFailure
                && kvFailure.failure() instanceof KvFailure.ConditionFailed;
    }
}
