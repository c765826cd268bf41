package io.quorate.sqs.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.CommitWatch;
import io.quorate.kv.Condition;
import io.quorate.kv.KeyRange;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.sqs.engine.DeliverCall;
import io.quorate.sqs.engine.ReceiveCall;
import io.quorate.sqs.engine.SendCall;
import io.quorate.sqs.engine.SettleCall;
import io.quorate.sqs.engine.UpkeepCall;
import io.quorate.sqs.keyspace.MessageKeys;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.row.QueueRows;
import io.quorate.sqs.row.Tally;
import io.quorate.sqs.window.Windows;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Queues and their messages: definitions by transactions of their own, messages by the engine at the
 * leader of each queue. Thread-safe.
 */
public final class QueueRepository {
    /** Most times a change of a definition is decided anew because others changed it. */
    private static final int MAX_TRIES = 16;
    /** Definitions read at a time. */
    private static final int CONCURRENT_READS = 16;
    /** Most names of the directory read at once. */
    private static final int DIRECTORY_PAGE = 1_000;

    private final Store store;

    /**
     * The store's ports.
     *
     * @param leader where the engine runs
     * @param commits wakes long polls
     * @param kv definitions
     */
    public record Store(AtLeader leader, CommitWatch commits, TransactionalKv kv) {}

    /** Registers the engine's handlers; make it before the node starts. */
    public QueueRepository(Store store) {
        this.store = store;
        Windows windows = new Windows();
        store.leader().register(SendCall.NAME, new SendCall(windows));
        store.leader().register(ReceiveCall.NAME, new ReceiveCall(windows));
        store.leader().register(SettleCall.NAME, new SettleCall(windows));
        store.leader().register(UpkeepCall.NAME, new UpkeepCall(windows));
        store.leader().register(DeliverCall.NAME, new DeliverCall(windows));
    }

    /** Puts a message into a queue and removes the row that asks for it, once. */
    public Mono<Void> deliver(DeliverCall.Request request) {
        return store.leader().call(QueueKeyspace.definition(request.queue()), DeliverCall.NAME,
                request.encode()).then();
    }

    /** The queue of that name, or empty. */
    public Mono<QueueDefinition> find(QueueName name) {
        return stored(name).map(row -> QueueRows.definition(row.value()));
    }

    private Mono<Versioned> stored(QueueName name) {
        return store.kv().get(QueueKeyspace.definition(name)).flatMap(Mono::justOrEmpty);
    }

    /**
     * Creates a queue; emits it, or the one that is there. The directory is written first, so that it
     * names every queue, and again after, in case an upkeep has just taken the name out.
     */
    public Mono<QueueDefinition> create(QueueDefinition queue) {
        var define = new Transaction(
                List.of(Condition.VersionIs.absent(QueueKeyspace.definition(queue.name()))),
                List.of(put(queue)));
        return find(queue.name()).switchIfEmpty(Mono.defer(() -> enter(queue.name())
                .then(store.kv().commit(define)).then(enter(queue.name())).thenReturn(queue)
                .onErrorResume(QueueRepository::hasConflict,
                        conflict -> Mono.defer(() -> find(queue.name())))));
    }

    private Mono<Void> enter(QueueName name) {
        return store.kv().commit(Transaction
                .of(new Mutation.Put(QueueKeyspace.directory(name), Value.empty()))).then();
    }

    /** Changes a queue; emits it as changed, or nothing if there is none. */
    public Mono<QueueDefinition> change(QueueName name,
            Function<QueueDefinition, QueueDefinition> change) {
        return decide(name, queue -> {
            QueueDefinition changed = change.apply(queue);
            return new Decided(changed, List.of(put(changed)));
        });
    }

    /** Removes all messages of a queue; emits it, or nothing if there is none. */
    public Mono<QueueDefinition> purge(QueueName name,
            Function<QueueDefinition, QueueDefinition> purge) {
        return decide(name, queue -> {
            QueueDefinition purged = purge.apply(queue);
            return new Decided(purged, List.of(put(purged), garbage(queue)));
        });
    }

    /** Removes a queue; emits it as it was, or nothing if there is none. */
    public Mono<QueueDefinition> remove(QueueName name) {
        return decide(name, queue -> new Decided(queue, List
                .of(new Mutation.Delete(QueueKeyspace.definition(name)), garbage(queue))));
    }

    /** What a change comes to. */
    private record Decided(QueueDefinition queue, List<Mutation> mutations) {}

    private Mono<QueueDefinition> decide(QueueName name,
            Function<QueueDefinition, Decided> decision) {
        return stored(name).flatMap(row -> {
            Decided decided = decision.apply(QueueRows.definition(row.value()));
            var transaction = new Transaction(
                    List.of(new Condition.VersionIs(row.key(), row.version())),
                    decided.mutations());
            return store.kv().commit(transaction).thenReturn(decided.queue());
        }).retryWhen(Retry.max(MAX_TRIES)
                .filter(QueueRepository::hasConflict)
                .onRetryExhaustedThrow((spec, signal) -> new KvFailure.WriteConflict()
                        .asException()));
    }

    private static Mutation put(QueueDefinition queue) {
        return new Mutation.Put(QueueKeyspace.definition(queue.name()), QueueRows.encode(queue));
    }

    private static Mutation garbage(QueueDefinition queue) {
        return new Mutation.Put(QueueKeyspace.garbage(MessageKeys.of(queue), queue.name()),
                Value.empty());
    }

    private static boolean hasConflict(Throwable failure) {
        return failure instanceof KvException kv
                && kv.failure() instanceof KvFailure.ConditionFailed;
    }

    /** The queues of an account whose names begin with a prefix, in order of their names. */
    public Flux<QueueDefinition> list(String account, String prefix, Optional<String> after) {
        KeyRange all = QueueKeyspace.directory(account, prefix);
        KeyRange rest = after.map(name -> QueueKeyspace.directory(new QueueName(account, name)))
                .filter(all::contains)
                .map(last -> new KeyRange(KeyEncoder.immediatelyAfter(last), all.end()))
                .orElse(all);
        return names(rest).flatMapSequential(this::find, CONCURRENT_READS, CONCURRENT_READS);
    }

    /** All names of the directory, of queues that were deleted lately too. */
    public Flux<QueueName> names() {
        return names(QueueKeyspace.directory());
    }

    private Flux<QueueName> names(KeyRange range) {
        return store.kv().scan(Scan.ascending(range, DIRECTORY_PAGE)).expand(page -> page.more()
                ? store.kv().scan(Scan.ascending(
                        new KeyRange(KeyEncoder.immediatelyAfter(page.rows().getLast().key()),
                                range.end()),
                        DIRECTORY_PAGE))
                : Mono.empty())
                .concatMapIterable(page -> page.rows())
                .map(row -> QueueKeyspace.queueOf(row.key()));
    }

    /** Takes a name out of the directory, unless a queue of that name was created meanwhile. */
    public Mono<Void> leave(QueueName name) {
        return store.kv().get(QueueKeyspace.directory(name)).flatMap(Mono::justOrEmpty)
                .flatMap(entry -> find(name).map(queue -> true).defaultIfEmpty(false)
                        .flatMap(exists -> exists ? Mono.empty() : remove(entry)))
                .then().onErrorResume(QueueRepository::hasConflict, conflict -> Mono.empty());
    }

    private Mono<Void> remove(Versioned entry) {
        return store.kv().commit(new Transaction(
                List.of(new Condition.VersionIs(entry.key(), entry.version())),
                List.of(new Mutation.Delete(entry.key())))).then();
    }

    /**
     * How many messages a queue has.
     *
     * @param visible that can be received
     * @param inFlight that somebody has received
     * @param delayed that were sent with a delay
     */
    public record Counts(long visible, long inFlight, long delayed) {}

    /** The exact counts of a queue's messages. */
    public Mono<Counts> counts(QueueDefinition queue) {
        MessageKeys keys = MessageKeys.of(queue);
        return upkeep(new UpkeepCall.Request(queue.name(), true, Optional.empty()))
                .repeat().takeUntil(answer -> !answer.more()).then(store
                        .kv().get(keys.counter(MessageKeys.Counter.TALLY))
                        .map(row -> row.map(found -> Tally.of(found.value()))
                                .orElseGet(Tally::nothing)))
                .zipWith(store.kv().get(keys.counter(MessageKeys.Counter.DELAYED))
                        .map(row -> row.map(found -> Mutation.Add.numberIn(found.value()))
                                .orElse(0L)),
                        (tally, delayed) -> new Counts(
                                tally.messages() - tally.inFlight() - delayed, tally.inFlight(),
                                delayed));
    }

    /**
     * Sends messages.
     *
     * @param retryId if present, a repetition is answered as the first request was
     */
    public Mono<SendCall.Answer> send(SendCall.Request request, Optional<RetryId> retryId) {
        return store.leader().call(QueueKeyspace.definition(request.queue()), SendCall.NAME,
                request.encode(), retryId).map(SendCall.Answer::decode);
    }

    /** Receives what is visible now. */
    public Mono<ReceiveCall.Answer> receive(ReceiveCall.Request request) {
        return store.leader().call(QueueKeyspace.definition(request.queue()), ReceiveCall.NAME,
                request.encode()).map(ReceiveCall.Answer::decode);
    }

    /** Deletes messages by their receipts, or hides them for another time. */
    public Mono<List<SettleCall.Result>> settle(SettleCall.Request request) {
        return store.leader().call(QueueKeyspace.definition(request.queue()), SettleCall.NAME,
                request.encode()).map(SettleCall.Result::decode);
    }

    /** Does a piece of what is due at a queue. */
    public Mono<UpkeepCall.Answer> upkeep(UpkeepCall.Request request) {
        return store.leader().call(QueueKeyspace.definition(request.queue()), UpkeepCall.NAME,
                request.encode()).map(UpkeepCall.Answer::decode);
    }

    /** Whether this node does the background work of the queue. */
    public boolean isLedHere(QueueName queue) {
        return store.leader().leadsHere(QueueKeyspace.definition(queue));
    }

    /** Completes after the next commit that touches the queue, or sooner. */
    public Mono<Void> nextChange(QueueName queue) {
        return store.commits().nextCommit(QueueKeyspace.definition(queue));
    }
}
