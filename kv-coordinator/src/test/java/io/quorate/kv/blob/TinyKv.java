package io.quorate.kv.blob;

import io.quorate.kv.Committed;
import io.quorate.kv.Condition;
import io.quorate.kv.Deadline;
import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Rows in a map, with the conditions that blobs use, stamped from a clock the test holds. */
final class TinyKv implements TransactionalKv {
    /** What a handler at the leader would see. */
    LeaderView view() {
        return new LeaderView() {
            @Override
            public Optional<Versioned> get(Key key) {
                synchronized (TinyKv.this) {
                    return Optional.ofNullable(rows.get(key));
                }
            }

            @Override
            public ScanPage scan(Scan scan) {
                throw new IllegalStateException("bodies do not scan at the leader");
            }

            @Override
            public ScanPage peek(Scan scan) {
                throw new IllegalStateException("bodies do not scan at the leader");
            }

            @Override
            public long nowMillis() {
                return millis.getAsLong();
            }
        };
    }

    private final TreeMap<Key, Versioned> rows = new TreeMap<>();
    private final LongSupplier millis;
    private int counter;
    private int commits;

    TinyKv(LongSupplier millis) {
        this.millis = millis;
    }

    synchronized int commits() {
        return commits;
    }

    synchronized List<Versioned> rows() {
        return List.copyOf(rows.values());
    }

    @Override
    public Mono<Optional<Versioned>> get(Key key) {
        return Mono.deferContextual(context -> {
            Deadline.of(context);
            synchronized (this) {
                return Mono.just(Optional.ofNullable(rows.get(key)));
            }
        });
    }

    @Override
    public Mono<ScanPage> scan(Scan scan) {
        return Mono.deferContextual(context -> {
            Deadline.of(context);
            synchronized (this) {
                List<Versioned> found = rows
                        .subMap(scan.range().start(), scan.range().end()).values().stream()
                        .limit(scan.limit() + 1L).toList();
                boolean more = found.size() > scan.limit();
                return Mono.just(new ScanPage(more ? found.subList(0, scan.limit()) : found, more));
            }
        });
    }

    @Override
    public Mono<Committed> commit(Transaction transaction) {
        return Mono.deferContextual(context -> {
            Deadline.of(context);
            return apply(transaction);
        });
    }

    private synchronized Mono<Committed> apply(Transaction transaction) {
        for (int i = 0; i < transaction.conditions().size(); i++) {
            if (!holds(transaction.conditions().get(i))) {
                return Mono.error(new KvFailure.ConditionFailed(i).asException());
            }
        }
        commits++;
        long stamp = HybridTimestamp.of(millis.getAsLong(), ++counter);
        for (Mutation mutation : transaction.mutations()) {
            switch (mutation) {
                case Mutation.Put(var key, var value) ->
                    rows.put(key, new Versioned(key, value, stamp));
                case Mutation.Delete(var key) -> rows.remove(key);
                case Mutation.Add add ->
                    throw new UnsupportedOperationException("nobody counts bodies");
                case Mutation.DeleteRange(var range) ->
                    rows.keySet().removeIf(range::contains);
            }
        }
        return Mono.just(new Committed(stamp));
    }

    private boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.VersionIs(var key, long version) ->
                version == Optional.ofNullable(rows.get(key)).map(Versioned::version)
                        .orElse(Versioned.ABSENT);
            case Condition.CommittedBefore(long end) -> millis.getAsLong() < end;
            case Condition.Exists(var key) -> rows.containsKey(key);
            case Condition.ValueIs(var key, var value) ->
                rows.containsKey(key) && rows.get(key).value().equals(value);
            case Condition.ScanUnchanged unused -> throw new IllegalStateException("no scans");
        };
    }
}
