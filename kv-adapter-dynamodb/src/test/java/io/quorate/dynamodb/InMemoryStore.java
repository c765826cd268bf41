package io.quorate.dynamodb;

import io.quorate.kv.AtLeader;
import io.quorate.kv.Committed;
import io.quorate.kv.Condition;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The store's ports over one map and one lock: a double that adapters can be tested against without
 * a node. Faults are injected by {@link #fail}.
 */
public final class InMemoryStore implements TransactionalKv, AtLeader {
    private final TreeMap<Key, Versioned> rows = new TreeMap<>();
    private final Map<String, LeaderHandler> handlers = new HashMap<>();
    private final Map<RetryId, Value> answers = new LinkedHashMap<>();
    private long version;
    private long nowMillis = 1_764_000_000_123L;
    private int commits;
    private @Nullable KvFailure failure;

    /** From now on every call fails so; null ends it. */
    public synchronized void fail(@Nullable KvFailure with) {
        failure = with;
    }

    /** Moves the group's time on. */
    public synchronized void advance(Duration by) {
        nowMillis += by.toMillis();
    }

    private ScanPage page(Scan scan) {
        NavigableMap<Key, Versioned> range = rows.subMap(scan.range().start(), true,
                scan.range().end(), false);
        List<Versioned> found = new ArrayList<>();
        long bytes = 0;
        for (Versioned row : (scan.descending() ? range.descendingMap() : range).values()) {
            if (found.size() == scan.limit() || (bytes >= scan.maxBytes() && !found.isEmpty())) {
                return new ScanPage(found, true);
            }
            found.add(row);
            bytes += row.key().length() + row.value().length();
        }
        return new ScanPage(found, false);
    }

    /** How many transactions changed something. */
    public synchronized int commits() {
        return commits;
    }

    /** The keys of all rows, in order. */
    public synchronized List<Key> keys() {
        return List.copyOf(rows.keySet());
    }

    /** Where another node registers the handlers that this one has; calls run here. */
    public AtLeader anotherNode() {
        return new AtLeader() {
            @Override
            public void register(String name, LeaderHandler handler) {
                if (!handlers.containsKey(name)) {
                    throw new IllegalStateException("the first node has no " + name);
                }
            }

            @Override
            public Mono<Value> call(Key key, String name, Value request,
                    Optional<RetryId> retryId) {
                return InMemoryStore.this.call(key, name, request, retryId);
            }
        };
    }

    /** Removes rows as another node's transaction would. */
    public synchronized void remove(Iterable<Key> keys) {
        keys.forEach(rows::remove);
    }

    @Override
    public Mono<Optional<Versioned>> get(Key key) {
        return call(() -> Optional.ofNullable(rows.get(key)));
    }

    @Override
    public Mono<ScanPage> scan(Scan scan) {
        return call(() -> page(scan));
    }

    @Override
    public Mono<Committed> commit(Transaction transaction) {
        return call(() -> apply(transaction));
    }

    @Override
    public synchronized void register(String name, LeaderHandler handler) {
        if (handlers.putIfAbsent(name, handler) != null) {
            throw new IllegalStateException("registered twice: " + name);
        }
    }

    @Override
    public Mono<Value> call(Key key, String name, Value request, Optional<RetryId> retryId) {
        return call(() -> {
            Value answered = retryId.map(answers::get).orElse(null);
            if (answered != null) {
                return answered;
            }
            LeaderHandler handler = handlers.get(name);
            if (handler == null) {
                throw new IllegalStateException("no handler " + name);
            }
            LeaderHandler.Decision decision = handler.handle(new View(), request);
            apply(decision.transaction());
            retryId.ifPresent(id -> answers.put(id, decision.answer()));
            return decision.answer();
        });
    }

    private <T> Mono<T> call(Supplier<T> work) {
        return Mono.deferContextual(context -> {
            Deadline.of(context);
            synchronized (this) {
                return failure != null
                        ? Mono.error(failure.asException())
                        : Mono.just(work.get());
            }
        });
    }

    private Committed apply(Transaction transaction) {
        for (int i = 0; i < transaction.conditions().size(); i++) {
            if (!holds(transaction.conditions().get(i))) {
                throw new KvFailure.ConditionFailed(i).asException();
            }
        }
        version++;
        commits += transaction.isReadOnly() ? 0 : 1;
        for (Mutation mutation : transaction.mutations()) {
            switch (mutation) {
                case Mutation.Put put -> rows.put(put.key(),
                        new Versioned(put.key(), put.value(), version));
                case Mutation.Delete delete -> rows.remove(delete.key());
                case Mutation.Add add ->
                    throw new UnsupportedOperationException("no table counts");
                case Mutation.DeleteRange range ->
                    rows.subMap(range.range().start(), range.range().end()).clear();
            }
        }
        return new Committed(version);
    }

    private boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.VersionIs is -> versionOf(is.key()) == is.version();
            case Condition.Exists exists -> rows.containsKey(exists.key());
            case Condition.ValueIs is -> {
                Versioned row = rows.get(is.key());
                yield row != null && row.value().equals(is.value());
            }
            case Condition.ScanUnchanged scan -> throw new UnsupportedOperationException("scan");
            case Condition.CommittedBefore before ->
                throw new UnsupportedOperationException("time");
        };
    }

    private long versionOf(Key key) {
        Versioned row = rows.get(key);
        return row == null ? Versioned.ABSENT : row.version();
    }

    /** Reads under the store's lock. */
    private final class View implements LeaderView {
        @Override
        public Optional<Versioned> get(Key key) {
            return Optional.ofNullable(rows.get(key));
        }

        @Override
        public ScanPage scan(Scan scan) {
            return page(scan);
        }

        @Override
        public ScanPage peek(Scan scan) {
            return page(scan);
        }

        @Override
        public long nowMillis() {
            return nowMillis;
        }
    }
}
