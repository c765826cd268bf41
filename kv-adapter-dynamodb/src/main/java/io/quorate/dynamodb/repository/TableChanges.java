package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.Condition;
import io.quorate.kv.Fence;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Changes and deletes tables. A change that rises the version of the schema writes every fence in the
 * same transaction, so that no write that was checked against the old definition follows it.
 * Thread-safe.
 */
public final class TableChanges {
    /** How often a change is tried when others change the table at the same moment. */
    static final int MAX_TRIES = 16;

    private final TransactionalKv kv;
    private final InstantSource clock;

    /** @param clock tells when streams of deleted tables end */
    public TableChanges(TransactionalKv kv, InstantSource clock) {
        this.kv = kv;
        this.clock = clock;
    }

    /**
     * Changes a table.
     *
     * @param change gives the new definition; what it throws fails the call
     * @return the new definition; fails with ResourceNotFoundException if there is no such table
     */
    public Mono<TableDefinition> change(TableName name, UnaryOperator<TableDefinition> change) {
        return attempt(name, MAX_TRIES, row -> {
            TableDefinition now = TableDefinitionCodec.decode(row.value());
            TableDefinition next = change.apply(now);
            List<Mutation> mutations = new ArrayList<>();
            mutations.add(new Mutation.Put(row.key(), TableDefinitionCodec.encode(next)));
            if (!now.isSameVersion(next)) {
                for (Key fence : TableKeyspace.fences(now.identity().number())) {
                    mutations.add(Fence.establish(fence, next.identity().schemaVersion()));
                }
            }
            if (!Objects.equals(now.extras().stream(), next.extras().stream())) {
                StreamRows.write(next, mutations);
            }
            return commit(row, mutations).thenReturn(next);
        });
    }

    /**
     * Deletes a table and leaves word of the rows that remain.
     *
     * @param check throws if the table must not be deleted
     */
    public Mono<TableDefinition> delete(TableName name, Consumer<TableDefinition> check) {
        return attempt(name, MAX_TRIES, row -> {
            TableDefinition table = TableDefinitionCodec.decode(row.value());
            check.accept(table);
            long number = table.identity().number();
            List<Mutation> mutations = new ArrayList<>();
            mutations.add(new Mutation.Delete(row.key()));
            TableKeyspace.fences(number)
                    .forEach(fence -> mutations.add(new Mutation.Delete(fence)));
            mutations.add(new Mutation.Put(TableKeyspace.remains(number),
                    new Remains(number, table.indexes().stream().filter(SecondaryIndex::isGlobal)
                            .map(SecondaryIndex::number).toList()).encode()));
            StreamRows.disable(table, clock.millis(), mutations);
            return commit(row, mutations).thenReturn(table);
        });
    }

    private Mono<Void> commit(Versioned row, List<Mutation> mutations) {
        return kv.commit(new Transaction(
                List.of(new Condition.VersionIs(row.key(), row.version())), mutations)).then();
    }

    private Mono<TableDefinition> attempt(TableName name, int tries, Step step) {
        return kv.get(TableKeyspace.definition(name)).flatMap(row -> step.apply(
                row.orElseThrow(() -> DynamoDbException.tableNotFound(name.name()))))
                .onErrorResume(failure -> tries > 1 && isContention(failure),
                        failure -> attempt(name, tries - 1, step));
    }

    private static boolean isContention(Throwable failure) {
        return failure instanceof KvException kvFailure
                && (kvFailure.failure() instanceof KvFailure.ConditionFailed
                        || kvFailure.failure() instanceof KvFailure.WriteConflict);
    }

    /** One try, on the definition's row. */
    private interface Step {
        Mono<TableDefinition> apply(Versioned row);
    }
}
