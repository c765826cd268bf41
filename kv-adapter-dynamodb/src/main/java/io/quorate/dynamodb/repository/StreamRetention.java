package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.StreamKeyspace;
import io.quorate.dynamodb.model.StreamDefinition;
import io.quorate.kv.Key;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Forgets records after a day, and streams a day after their end. A shard is looked at every
 * {@link #INTERVAL}. Source: developer guide, "Change data capture for DynamoDB Streams". One caller at
 * a time.
 */
final class StreamRetention {
    /** How long a record is kept. */
    static final Duration RETENTION = Duration.ofHours(24);
    /** How often a stream is looked at. */
    static final Duration INTERVAL = Duration.ofMinutes(1);
    /** Most records forgotten by one transaction. */
    private static final int ROWS = 200;
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int VERSION = 1;

    private final TransactionalKv kv;
    private final InstantSource clock;
    private final UpkeepStep step;
    /** When a stream is looked at again; forgotten with the stream. */
    private final Map<Key, Long> dueAtMillis = new HashMap<>();

    StreamRetention(TransactionalKv kv, InstantSource clock, UpkeepStep step) {
        this.kv = kv;
        this.clock = clock;
        this.step = step;
    }

    static long horizon(Value row) {
        return new RowReader(row, VERSION).longNumber();
    }

    /** Does what a stream needs. */
    Mono<Void> attend(Versioned row) {
        long now = clock.millis();
        if (dueAtMillis.getOrDefault(row.key(), 0L) > now) {
            return Mono.empty();
        }
        dueAtMillis.put(row.key(), now + INTERVAL.toMillis());
        StreamDefinition definition = StreamCodec.definition(row.value());
        long before = now - RETENTION.toMillis();
        Flux<Void> trimmed = Flux.range(0, StreamKeyspace.SHARDS)
                .concatMap(shard -> trim(shard(definition, shard), before));
        boolean over = !definition.stream().isEnabled()
                && definition.stream().disabledAtMillis() < before;
        return over ? trimmed.then(remove(row, definition)) : trimmed.then();
    }

    private static StreamKeyspace.Shard shard(StreamDefinition definition, int shard) {
        return new StreamKeyspace.Shard(definition.tableNumber(),
                definition.stream().createdAtMillis(), shard);
    }

    private Mono<Void> trim(StreamKeyspace.Shard shard, long before) {
        return Mono.defer(() -> trimPage(shard, before))
                .expand(more -> more ? trimPage(shard, before) : Mono.empty()).then();
    }

    /** Whether more may be due. */
    private Mono<Boolean> trimPage(StreamKeyspace.Shard shard, long before) {
        return step.of(kv.scan(new Scan(shard.records(0), ROWS, MAX_BYTES, false)))
                .flatMap(page -> {
                    List<Versioned> due = page.rows().stream()
                            .filter(row -> StreamCodec.record(row.value()).atMillis() < before)
                            .toList();
                    return due.isEmpty()
                            ? Mono.just(false)
                            : forget(shard, due).thenReturn(isWhole(page, due) && page.more());
                });
    }

    private static boolean isWhole(ScanPage page, List<Versioned> due) {
        return due.size() == page.rows().size();
    }

    private Mono<Void> forget(StreamKeyspace.Shard shard, List<Versioned> due) {
        List<Mutation> mutations = new ArrayList<>();
        due.forEach(row -> mutations.add(new Mutation.Delete(row.key())));
        long first = StreamKeyspace.sequence(due.getLast().key()) + 1;
        mutations.add(new Mutation.Put(shard.horizon(),
                new RowWriter(VERSION).number(first).toValue()));
        return step.of(kv.commit(new Transaction(List.of(), mutations))).then();
    }

    private Mono<Void> remove(Versioned row, StreamDefinition definition) {
        List<Mutation> mutations = new ArrayList<>();
        mutations.add(new Mutation.Delete(row.key()));
        IntStream.range(0, StreamKeyspace.SHARDS).mapToObj(shard -> shard(definition, shard))
                .forEach(shard -> {
                    mutations.add(new Mutation.Delete(shard.head()));
                    mutations.add(new Mutation.Delete(shard.horizon()));
                });
        return step.of(kv.commit(new Transaction(List.of(), mutations)))
                .doOnSuccess(done -> dueAtMillis.remove(row.key())).then();
    }
}
