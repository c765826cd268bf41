package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.KeyRange;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Scan;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads tables. Definitions are cached and may be stale; {@link #withTable} makes sure that no
 * answer comes from a stale one. Thread-safe.
 */
public final class TableRepository {
    /** How often a request is made again because the table changed under it. */
    static final int MAX_STALE_TRIES = 4;

    private final TransactionalKv kv;
    private final TableCache cache = new TableCache();

    public TableRepository(TransactionalKv kv) {
        this.kv = kv;
    }

    /** The table as it is now, linearizably. */
    public Mono<Optional<TableDefinition>> read(TableName name) {
        return kv.get(TableKeyspace.definition(name)).map(row -> {
            Optional<TableDefinition> table = row
                    .map(found -> TableDefinitionCodec.decode(found.value()));
            table.ifPresent(cache::put);
            return table;
        });
    }

    /** Names of an account's tables in order, after a name, at most as many. */
    public Mono<List<String>> list(String account, String after, int limit) {
        KeyRange all = TableKeyspace.definitions(account);
        KeyRange range = after.isEmpty()
                ? all
                : new KeyRange(KeyEncoder.immediatelyAfter(
                        TableKeyspace.definition(new TableName(account, after))), all.end());
        return kv.scan(Scan.ascending(range, limit)).map(page -> page.rows().stream()
                .map(row -> KeyReader.of(row.key()).text(2)).toList());
    }

    /**
     * Does a request's work on a table, perhaps from a cached definition. The work must check the
     * fence in whatever it reads or writes; where it fails, or refuses the request for what the
     * definition says, the definition is validated and the work done again from the current one.
     *
     * <p>Fails with ResourceNotFoundException where there is no such table.
     */
    public <T> Mono<T> withTable(TableName name, Function<TableDefinition, Mono<T>> work) {
        Optional<TableDefinition> cached = cache.get(name);
        return cached.isPresent()
                ? attempt(cached.get(), work, MAX_STALE_TRIES)
                : fresh(name, work, MAX_STALE_TRIES);
    }

    /** The same for work on several tables at once. */
    public <T> Mono<T> withTables(List<TableName> names,
            Function<Map<TableName, TableDefinition>, Mono<T>> work) {
        return definitions(names, false)
                .flatMap(found -> attempt(found, work, MAX_STALE_TRIES));
    }

    private Mono<Map<TableName, TableDefinition>> definitions(List<TableName> names,
            boolean validated) {
        return Flux.fromIterable(names).concatMap(name -> {
            Optional<TableDefinition> cached = validated ? Optional.empty() : cache.get(name);
            return cached.isPresent()
                    ? Mono.just(cached.get())
                    : read(name).map(table -> table.orElseThrow(DynamoDbException::notFound));
        }).collectMap(TableDefinition::name);
    }

    private <T> Mono<T> attempt(Map<TableName, TableDefinition> tables,
            Function<Map<TableName, TableDefinition>, Mono<T>> work, int tries) {
        return Mono.defer(() -> work.apply(tables)).onErrorResume(
                failure -> failure instanceof StaleTableException
                        || failure instanceof DynamoDbException,
                failure -> definitions(List.copyOf(tables.keySet()), true).flatMap(current -> {
                    boolean same = tables.values().stream().allMatch(
                            used -> used.isSameVersion(current.getOrDefault(used.name(), used)));
                    if (same && failure instanceof DynamoDbException) {
                        return Mono.error(failure);
                    }
                    return tries > 1
                            ? attempt(current, work, tries - 1)
                            : Mono.error(new KvFailure.WriteConflict().asException());
                }));
    }

    private <T> Mono<T> fresh(TableName name, Function<TableDefinition, Mono<T>> work, int tries) {
        return read(name).flatMap(table -> table.isEmpty()
                ? Mono.error(DynamoDbException.notFound())
                : attempt(table.get(), work, tries));
    }

    private <T> Mono<T> attempt(TableDefinition table, Function<TableDefinition, Mono<T>> work,
            int tries) {
        return Mono.defer(() -> work.apply(table)).onErrorResume(
                failure -> failure instanceof StaleTableException
                        || failure instanceof DynamoDbException,
                failure -> afterFailure(table, work, tries, failure));
    }

    private <T> Mono<T> afterFailure(TableDefinition used, Function<TableDefinition, Mono<T>> work,
            int tries, Throwable failure) {
        cache.forget(used);
        return read(used.name()).flatMap(current -> {
            if (current.isEmpty()) {
                return Mono.error(DynamoDbException.notFound());
            }
            boolean refused = failure instanceof DynamoDbException;
            if (refused && current.get().isSameVersion(used)) {
                return Mono.error(failure);
            }
            return tries > 1
                    ? attempt(current.get(), work, tries - 1)
                    : Mono.error(new KvFailure.WriteConflict().asException());
        });
    }
}
