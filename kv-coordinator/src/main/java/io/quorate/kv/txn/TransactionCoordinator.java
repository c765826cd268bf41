package io.quorate.kv.txn;

import io.quorate.kv.Committed;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.CommandId;
import io.quorate.kv.mvcc.MvccStore;
import io.quorate.kv.mvcc.MvccStore.NotCachedException;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The store as this node alone can serve it, where it leads: linearizable reads behind the barrier of
 * their group, transactions by the group that owns all they name.
 *
 * <p>A read is answered on the caller's thread as far as memory holds the answer, otherwise on the
 * read pool. A commit hops once, to the Raft thread. Safe for any thread.
 */
public final class TransactionCoordinator implements TransactionalKv {
    private final GroupReplicas replicas;
    private final ReadPool pool;

    public TransactionCoordinator(GroupReplicas replicas, ReadPool pool) {
        this.replicas = replicas;
        this.pool = pool;
    }

    @Override
    public Mono<Optional<Versioned>> get(Key key) {
        return Mono.deferContextual(
                context -> get(replicas.owning(key), key, Deadline.of(context)));
    }

    @Override
    public Mono<ScanPage> scan(Scan scan) {
        return Mono.deferContextual(context -> scan(replicas.owning(scan.range().start()), scan,
                Deadline.of(context)));
    }

    @Override
    public Mono<Committed> commit(Transaction transaction) {
        return Mono.deferContextual(context -> {
            Deadline deadline = Deadline.of(context);
            return commit(replicas.owning(transaction), transaction, Optional.empty(), deadline);
        });
    }

    /**
     * Commits a transaction here, if this node leads.
     *
     * @param id under which the command is known if it comes again
     */
    public Mono<Committed> commit(GroupReplica replica, Transaction transaction,
            Optional<CommandId> id, Deadline deadline) {
        OneShardCommit.Intent intent = new OneShardCommit.Intent(transaction, id, Value.empty(),
                LeaderHandler.Ending.NONE);
        return Mono.create(sink -> new CommitCall(replica, intent, deadline, sink).begin());
    }

    /** The latest row, behind the barrier of a group that this node leads. */
    public Mono<Optional<Versioned>> get(GroupReplica replica, Key key, Deadline deadline) {
        return linearizable(replica, deadline, new Get(key));
    }

    /** One page, behind the barrier of a group that this node leads. */
    public Mono<ScanPage> scan(GroupReplica replica, Scan scan, Deadline deadline) {
        return linearizable(replica, deadline, new Page(scan));
    }

    /** The latest row applied here. */
    public Mono<Optional<Versioned>> getApplied(GroupReplica replica, Key key,
            Deadline deadline) {
        return readApplied(replica, deadline, new Get(key));
    }

    /** One page of what is applied here. */
    public Mono<ScanPage> scanApplied(GroupReplica replica, Scan scan, Deadline deadline) {
        return readApplied(replica, deadline, new Page(scan));
    }

    private <T> Mono<T> linearizable(GroupReplica replica, Deadline deadline, Read<T> read) {
        if (deadline.hasPassed()) {
            return Mono.error(new KvFailure.DeadlineExceeded().asException());
        }
        if (replica.readIndex().passesNow()) {
            return readApplied(replica, deadline, read);
        }
        return replica.readIndex().barrier(deadline)
                .then(Mono.defer(() -> readApplied(replica, deadline, read)));
    }

    private <T> Mono<T> readApplied(GroupReplica replica, Deadline deadline, Read<T> read) {
        try {
            return Mono.just(read.cached(replica.store()));
        } catch (NotCachedException e) {
            return pool.read(deadline, () -> read.blocking(replica.store()));
        }
    }

    /** One read of the latest applied state. */
    private sealed interface Read<T> {
        T cached(MvccStore store) throws NotCachedException;

        T blocking(MvccStore store);
    }

    private record Get(Key key) implements Read<Optional<Versioned>> {
        @Override
        public Optional<Versioned> cached(MvccStore store) throws NotCachedException {
            return store.getLatestCached(key);
        }

        @Override
        public Optional<Versioned> blocking(MvccStore store) {
            return store.getLatest(key);
        }
    }

    private record Page(Scan scan) implements Read<ScanPage> {
        @Override
        public ScanPage cached(MvccStore store) throws NotCachedException {
            return store.scanLatestCached(scan);
        }

        @Override
        public ScanPage blocking(MvccStore store) {
            return store.scanLatest(scan);
        }
    }
}
