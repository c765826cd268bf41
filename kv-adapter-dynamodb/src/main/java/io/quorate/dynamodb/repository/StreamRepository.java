package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.StreamKeyspace;
import io.quorate.dynamodb.model.StreamDefinition;
import io.quorate.dynamodb.model.StreamRecord;
import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Scan;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.keyspace.KeyEncoder;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Reads streams, linearizably. Thread-safe. */
public final class StreamRepository {
    private final TransactionalKv kv;

    public StreamRepository(TransactionalKv kv) {
        this.kv = kv;
    }

    /** The stream of a table that was created at a time. */
    public Mono<Optional<StreamDefinition>> find(TableName table, long created) {
        return kv.get(StreamKeyspace.definition(table, created))
                .map(row -> row.map(found -> StreamCodec.definition(found.value())));
    }

    /**
     * Streams in the order of tables' names and ages.
     *
     * @param account whose
     * @param table of which table; empty for all
     * @param after the one before the first, if there is one
     * @param limit most streams
     */
    public Mono<List<StreamDefinition>> list(String account, Optional<String> table,
            Optional<Position> after, int limit) {
        KeyRange all = table.map(
                name -> StreamKeyspace.definitions(new TableName(account, name)))
                .orElseGet(() -> StreamKeyspace.definitions(account));
        Key start = after.map(position -> KeyEncoder.immediatelyAfter(
                StreamKeyspace.definition(position.table(), position.created())))
                .orElse(all.start());
        Key from = Key.of(all.route(), start.shared());
        if (from.compareTo(all.end()) >= 0) {
            return Mono.just(List.of());
        }
        Key first = from.compareTo(all.start()) < 0 ? all.start() : from;
        return kv.scan(Scan.ascending(new KeyRange(first, all.end()), limit))
                .map(page -> page.rows().stream()
                        .map(row -> StreamCodec.definition(row.value())).toList());
    }

    /** The number the next record of a shard will have. */
    public Mono<Long> next(StreamKeyspace.Shard shard) {
        return kv.get(shard.head()).map(row -> row
                .map(found -> StreamCodec.Head.decode(found.value())).orElse(StreamCodec.Head.EMPTY)
                .next());
    }

    /** The number of the first record of a shard that is still kept. */
    public Mono<Long> horizon(StreamKeyspace.Shard shard) {
        return kv.get(shard.horizon())
                .map(row -> row.map(found -> StreamRetention.horizon(found.value())).orElse(1L));
    }

    /** Records from a number on. */
    public Mono<Page> read(StreamKeyspace.Shard shard, long from, int limit, int maxBytes) {
        return kv.scan(new Scan(shard.records(from), limit, maxBytes, false))
                .map(page -> new Page(page.rows().stream()
                        .map(row -> new Numbered(StreamKeyspace.sequence(row.key()),
                                StreamCodec.record(row.value())))
                        .toList(), page.more()));
    }

    /** A place in the list of streams. */
    public record Position(TableName table, long created) {}

    /** A record with its number. */
    public record Numbered(long sequence, StreamRecord record) {}

    /**
     * Records that were read.
     *
     * @param records in their order
     * @param more whether the reading stopped at a bound
     */
    public record Page(List<Numbered> records, boolean more) {
        public Page {
            records = List.copyOf(records);
        }
    }
}
