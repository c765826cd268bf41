package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableStream;
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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Creates tables: one transaction writes the definition, the counter that numbers tables, and a
 * fence in every slice of the routes. Thread-safe.
 */
public final class TableCreation {
    /** How often a creation is tried when others create tables at the same moment. */
    static final int MAX_TRIES = 16;
    /** How long a repeated request is answered as the first one was. */
    static final Duration RETRY_WINDOW = Duration.ofMinutes(10);
    private static final long FIRST_SCHEMA_VERSION = 1;

    private final TransactionalKv kv;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    public TableCreation(TransactionalKv kv, InstantSource clock, Supplier<UUID> ids) {
        this.kv = kv;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Creates the table and returns it, or what the same request created before.
     *
     * <p>Fails with ResourceInUseException if there is a table of that name, and with the store's
     * {@link KvException}s.
     */
    public Mono<TableDefinition> create(NewTable table) {
        return attempt(table, MAX_TRIES);
    }

    private Mono<TableDefinition> attempt(NewTable table, int tries) {
        Key definition = TableKeyspace.definition(table.name());
        return kv.get(definition).flatMap(row -> row.isPresent()
                ? existing(table, TableDefinitionCodec.decode(row.get().value()))
                : kv.get(TableKeyspace.counter()).flatMap(counter -> commit(table, counter)))
                .onErrorResume(failure -> tries > 1 && isContention(failure),
                        failure -> attempt(table, tries - 1));
    }

    private Mono<TableDefinition> existing(NewTable wanted, TableDefinition found) {
        RetryId createdBy = found.identity().createdBy();
        boolean sameRequest = createdBy != null && wanted.createdBy() != null
                && wanted.createdBy().equals(createdBy)
                && clock.millis() - found.identity().createdAtMillis() < RETRY_WINDOW.toMillis();
        return sameRequest
                ? Mono.just(found)
                : Mono.error(DynamoDbException.tableExists(wanted.name().name()));
    }

    private Mono<TableDefinition> commit(NewTable table, Optional<Versioned> counter) {
        long number = 1 + counter.map(row -> ByteBuffer.wrap(row.value().shared()).getLong())
                .orElse(0L);
        long now = clock.millis();
        TableStream wanted = table.extras().stream();
        TableDefinition created = new TableDefinition(table.name(),
                new TableDefinition.Identity(number, FIRST_SCHEMA_VERSION, ids.get(), now,
                        table.createdBy()),
                table.keys(), table.attributes(), table.settings(),
                wanted == null
                        ? table.extras()
                        : table.extras().withStream(TableStream.enabled(now, wanted.view())));
        Key definition = TableKeyspace.definition(table.name());
        List<Condition> conditions = List.of(Condition.VersionIs.absent(definition),
                new Condition.VersionIs(TableKeyspace.counter(),
                        counter.map(Versioned::version).orElse(Versioned.ABSENT)));
        List<Mutation> mutations = new ArrayList<>(TableKeyspace.SLICES + 2);
        mutations.add(new Mutation.Put(definition, TableDefinitionCodec.encode(created)));
        mutations.add(new Mutation.Put(TableKeyspace.counter(),
                Value.of(ByteBuffer.allocate(Long.BYTES).putLong(number).array())));
        for (Key fence : TableKeyspace.fences(number)) {
            mutations.add(Fence.establish(fence, FIRST_SCHEMA_VERSION));
        }
        StreamRows.write(created, mutations);
        return kv.commit(new Transaction(conditions, mutations)).thenReturn(created);
    }

    private static boolean isContention(Throwable failure) {
        return failure instanceof KvException kvFailure
                && (kvFailure.failure() instanceof KvFailure.ConditionFailed
                        || kvFailure.failure() instanceof KvFailure.WriteConflict);
    }
}
