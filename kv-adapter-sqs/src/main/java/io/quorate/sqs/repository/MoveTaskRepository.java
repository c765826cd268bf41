package io.quorate.sqs.repository;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.MoveTask;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.row.MoveTaskRows;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The move tasks of dead-letter queues. Thread-safe. */
public final class MoveTaskRepository {
    /** Most tasks kept of a queue; the oldest ones that are over make room. */
    private static final int MAX_KEPT = 10;
    private static final int MAX_TRIES = 16;

    private final TransactionalKv kv;

    public MoveTaskRepository(TransactionalKv kv) {
        this.kv = kv;
    }

    /** A queue's tasks, latest first. */
    public Mono<List<MoveTask>> of(QueueName queue) {
        return rows(queue).map(rows -> rows.reversed().stream()
                .map(row -> MoveTaskRows.task(row.value())).toList());
    }

    private Mono<List<Versioned>> rows(QueueName queue) {
        return kv.scan(Scan.ascending(QueueKeyspace.moveTasks(queue), 2 * MAX_KEPT))
                .map(page -> page.rows());
    }

    /** Adds a task unless another one of the queue is running; false if so. */
    public Mono<Boolean> start(MoveTask task) {
        QueueName queue = task.plan().source();
        return rows(queue).flatMap(rows -> {
            boolean busy = rows.stream()
                    .anyMatch(row -> !MoveTaskRows.task(row.value()).status().isOver());
            return busy ? Mono.just(false) : add(task, rows).thenReturn(true);
        }).retryWhen(conflicts());
    }

    private Mono<?> add(MoveTask task, List<Versioned> present) {
        var mutations = Flux.fromIterable(present).take(Math.max(0, present.size() - MAX_KEPT + 1L))
                .<Mutation>map(row -> new Mutation.Delete(row.key()))
                .concatWithValues(new Mutation.Put(key(task), MoveTaskRows.encode(task)));
        var conditions = present.stream()
                .<Condition>map(row -> new Condition.VersionIs(row.key(), row.version())).toList();
        return mutations.collectList()
                .flatMap(all -> kv.commit(new Transaction(conditions, all)));
    }

    /** Changes a task that is not over; emits it as changed, or nothing if there is no such task. */
    public Mono<MoveTask> change(Key key, UnaryOperator<MoveTask> change) {
        return kv.get(key).flatMap(Mono::justOrEmpty).flatMap(row -> {
            MoveTask task = MoveTaskRows.task(row.value());
            if (task.status().isOver()) {
                return Mono.<MoveTask>empty();
            }
            MoveTask changed = change.apply(task);
            return kv.commit(new Transaction(
                    List.of(new Condition.VersionIs(row.key(), row.version())),
                    List.of(new Mutation.Put(key, MoveTaskRows.encode(changed)))))
                    .thenReturn(changed);
        }).retryWhen(conflicts());
    }

    /** Where a task is kept. */
    public static Key key(MoveTask task) {
        MoveTask.Start start = task.plan().start();
        return QueueKeyspace.moveTask(task.plan().source(), start.millis(), start.id());
    }

    private static Retry conflicts() {
        return Retry.max(MAX_TRIES).filter(failure -> failure instanceof KvException kv
                && kv.failure() instanceof KvFailure.ConditionFailed);
    }
}
