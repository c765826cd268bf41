package io.quorate.sqs;

import io.quorate.kv.AtLeader;
import io.quorate.kv.CommitWatch;
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
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.QueueName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A leader over one map and one lock, whose clock moves by hand: a double of the ports that the
 * adapter uses. Commits wake everybody who waits for one on their route. Thread-safe.
 */
public final class QueueStore implements AtLeader, CommitWatch, TransactionalKv {
    /** What the clock says at first. */
    public static final long START_MILLIS = 1_764_000_000_000L;

    private static final long ELECTION_MILLIS = 10;

    private final TreeMap<Key, Versioned> rows = new TreeMap<>();
    private final Map<String, LeaderHandler> handlers = new HashMap<>();
    private final Map<RetryId, Value> answers = new HashMap<>();
    private final Map<MonoSink<Void>, Integer> waiters = new HashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private long now = START_MILLIS;
    private long version;
    private long term = 1;
    private @Nullable KvFailure failure;
    private @Nullable KvFailure watchFailure;
    private Runnable betweenPeekAndGet = () -> {};

    /** Time passes. */
    public synchronized void pass(Duration time) {
        now += time.toMillis();
    }

    /** From now on every call fails so; null ends it. */
    public synchronized void fail(@Nullable KvFailure with) {
        failure = with;
    }

    /** From now on every watch fails so. */
    public synchronized void failWatch(KvFailure with) {
        watchFailure = with;
    }

    /** What happens once, after the next look at a range of several rows. */
    public synchronized void afterNextPeek(Runnable happening) {
        betweenPeekAndGet = happening;
    }

    /** How many wait for a commit. */
    public synchronized int waiting() {
        return waiters.size();
    }

    /** How many calls reached the leader. */
    public int calls() {
        return calls.get();
    }

    /** How many rows there are. */
    public synchronized int rowCount() {
        return rows.size();
    }

    /** What the leader reads. */
    public LeaderView view() {
        return new View();
    }

    /** Runs a handler and applies what it decides, as the leader does. */
    public Value run(LeaderHandler handler, Value request) {
        handler.latches(request);
        LeaderHandler.Decision decision;
        synchronized (this) {
            decision = handler.handle(view(), request);
            if (decision.transaction().isReadOnly()) {
                return decision.answer();
            }
            apply(decision.transaction());
        }
        decision.ending().committed(version);
        wake(decision.transaction());
        return decision.answer();
    }

    /** From now on another node leads: what the last one kept in memory is void. */
    public synchronized void elect() {
        term++;
        now += ELECTION_MILLIS;
    }

    /** Something else is committed on the queue's route. */
    public void commitNothing(QueueName queue) {
        wake(Transaction.of(new Mutation.Delete(QueueKeyspace.definition(queue))));
    }

    /** What the clock of the node says. */
    public InstantSource clock() {
        return () -> Instant.ofEpochMilli(now());
    }

    private synchronized long now() {
        return now;
    }

    @Override
    public Mono<Optional<Versioned>> get(Key key) {
        return guarded(() -> view().get(key));
    }

    @Override
    public Mono<ScanPage> scan(Scan scan) {
        return guarded(() -> view().peek(scan));
    }

    @Override
    public Mono<Committed> commit(Transaction transaction) {
        return guarded(() -> {
            synchronized (this) {
                apply(transaction);
            }
            wake(transaction);
            return new Committed(version);
        });
    }

    @Override
    public synchronized void register(String name, LeaderHandler handler) {
        if (handlers.putIfAbsent(name, handler) != null) {
            throw new IllegalStateException("registered twice: " + name);
        }
    }

    @Override
    public Mono<Value> call(Key key, String name, Value request, Optional<RetryId> retryId) {
        return guarded(() -> {
            Value answered = retryId.map(answers::get).orElse(null);
            if (answered != null) {
                return answered;
            }
            calls.incrementAndGet();
            LeaderHandler handler = handlers.get(name);
            if (handler == null) {
                throw new IllegalStateException("no handler " + name);
            }
            Value answer = run(handler, request);
            retryId.ifPresent(id -> answers.put(id, answer));
            return answer;
        });
    }

    private <T> Mono<T> guarded(Supplier<T> work) {
        return Mono.deferContextual(context -> {
            if (Deadline.of(context).hasPassed()) {
                return Mono.error(new KvFailure.DeadlineExceeded().asException());
            }
            KvFailure injected;
            synchronized (this) {
                injected = failure;
            }
            return injected != null ? Mono.error(injected.asException()) : Mono.just(work.get());
        });
    }

    @Override
    public Mono<Void> nextCommit(Key key) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            Mono<Void> commit = Mono.create(sink -> await(key.route(), sink));
            return commit.timeout(deadline.remaining(),
                    Mono.error(new KvFailure.DeadlineExceeded().asException()));
        });
    }

    private synchronized void await(int route, MonoSink<Void> sink) {
        if (watchFailure != null) {
            sink.error(watchFailure.asException());
            return;
        }
        waiters.put(sink, route);
        sink.onDispose(() -> {
            synchronized (this) {
                waiters.remove(sink);
            }
        });
    }

    private void wake(Transaction transaction) {
        List<MonoSink<Void>> woken = new ArrayList<>();
        Set<Integer> routes = transaction.mutations().stream().map(Mutation::route)
                .collect(Collectors.toSet());
        synchronized (this) {
            waiters.forEach((sink, watched) -> {
                if (routes.contains(watched)) {
                    woken.add(sink);
                }
            });
        }
        woken.forEach(MonoSink::success);
    }

    private void apply(Transaction transaction) {
        for (int i = 0; i < transaction.conditions().size(); i++) {
            boolean holds = switch (transaction.conditions().get(i)) {
                case Condition.VersionIs is -> versionOf(is.key()) == is.version();
                case Condition.Exists exists -> rows.containsKey(exists.key());
                case Condition.ValueIs other -> throw new UnsupportedOperationException();
                case Condition.ScanUnchanged other -> throw new UnsupportedOperationException();
                case Condition.CommittedBefore other -> throw new UnsupportedOperationException();
            };
            if (!holds) {
                throw new KvFailure.ConditionFailed(i).asException();
            }
        }
        version++;
        for (Mutation mutation : transaction.mutations()) {
            switch (mutation) {
                case Mutation.Put put -> rows.put(put.key(),
                        new Versioned(put.key(), put.value(), version));
                case Mutation.Delete delete -> rows.remove(delete.key());
                case Mutation.Add add -> add(add);
                case Mutation.DeleteRange range ->
                    rows.subMap(range.range().start(), range.range().end()).clear();
            }
        }
    }

    private void add(Mutation.Add add) {
        Versioned row = rows.get(add.key());
        long sum = add.delta() + (row == null ? 0 : Mutation.Add.numberIn(row.value()));
        if (sum == 0) {
            rows.remove(add.key());
        } else {
            rows.put(add.key(), new Versioned(add.key(),
                    Value.of(ByteBuffer.allocate(Long.BYTES).putLong(sum).array()), version));
        }
    }

    private long versionOf(Key key) {
        Versioned row = rows.get(key);
        return row == null ? Versioned.ABSENT : row.version();
    }

    private final class View implements LeaderView {
        @Override
        public Optional<Versioned> get(Key key) {
            synchronized (QueueStore.this) {
                return Optional.ofNullable(rows.get(key));
            }
        }

        @Override
        public ScanPage scan(Scan scan) {
            throw new UnsupportedOperationException("a queue validates what it takes");
        }

        @Override
        public ScanPage peek(Scan scan) {
            synchronized (QueueStore.this) {
                var range = rows.subMap(scan.range().start(), scan.range().end());
                var page = new ScanPage(range.values().stream().limit(scan.limit()).toList(),
                        range.size() > scan.limit());
                if (page.rows().size() > 1) {
                    Runnable happening = betweenPeekAndGet;
                    betweenPeekAndGet = () -> {};
                    happening.run();
                }
                return page;
            }
        }

        @Override
        public long term() {
            synchronized (QueueStore.this) {
                return term;
            }
        }

        @Override
        public long nowMillis() {
            synchronized (QueueStore.this) {
                return now;
            }
        }
    }
}
