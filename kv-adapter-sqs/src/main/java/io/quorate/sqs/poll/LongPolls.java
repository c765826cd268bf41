package io.quorate.sqs.poll;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.sqs.engine.ReceiveCall.Answer;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.repository.QueueRepository;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The long polls that wait on this node, by queue. They wait here and not at the leader: every commit
 * is applied here too, so a poll outlives a change of leader, and only looks go to the leader. Thousands
 * of idle polls of a queue are one watch of its commits; a commit lets one of them look, and one that
 * finds messages lets two more.
 *
 * <p>Safe for any thread.
 */
public final class LongPolls {
    /** Most long polls on a node; beyond, {@link KvFailure.Overloaded}. */
    public static final int MAX_POLLS = 65_536;

    private final QueueRepository queues;
    private final Scheduler timer;
    private final Map<QueueName, Lobby> lobbies = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param timer ends waits, and wakes those who wait for a moment
     */
    public LongPolls(QueueRepository queues, Scheduler timer) {
        this.queues = queues;
        this.timer = timer;
    }

    /**
     * One long poll.
     *
     * @param queue where
     * @param look receives what is visible; carries its own deadline
     * @param end when the wait ends
     * @param sinceNanos since when nothing may have gone unseen
     */
    public record Poll(QueueName queue, Mono<Answer.Taken> look, Deadline end, long sinceNanos) {}

    /**
     * Waits for messages; emits those of the first look that finds any, or nothing at the end of the
     * wait. Cancelling ends the wait.
     *
     * @param seen what the poll saw last, if it could look
     */
    public Mono<Answer.Taken> await(Poll poll, Optional<Answer.Taken> seen) {
        return Mono.<Answer.Taken>create(sink -> {
            if (waiting.incrementAndGet() > MAX_POLLS) {
                waiting.decrementAndGet();
                sink.error(new KvFailure.Overloaded("long-polls").asException());
                return;
            }
            Waiter waiter = new Waiter(poll, sink);
            Lobby joined = lobbies.compute(poll.queue(), (queue, present) -> {
                Lobby lobby = present == null ? new Lobby(queue, queues, timer) : present;
                lobby.enter(waiter);
                return lobby;
            });
            sink.onDispose(() -> {
                waiting.decrementAndGet();
                waiter.dispose();
                lobbies.computeIfPresent(poll.queue(),
                        (queue, lobby) -> lobby.leave(waiter) ? null : lobby);
            });
            joined.begin(waiter, seen);
        }).switchIfEmpty(Mono.justOrEmpty(seen));
    }

    /** How many wait now. */
    public int waiting() {
        return waiting.get();
    }

    /** Whether a poll survives the failure: it looks again as long as its wait lasts. */
    public static boolean passes(Throwable failure) {
        return failure instanceof KvException kv && switch (kv.failure()) {
            case KvFailure.NotLeader notLeader -> true;
            case KvFailure.NoLeader noLeader -> true;
            case KvFailure.LeadershipTransferInProgress transfer -> true;
            case KvFailure.OutcomeUnknown unknown -> true;
            case KvFailure.WriteConflict conflict -> true;
            case KvFailure.ReadTooOld old -> true;
            case KvFailure.DeadlineExceeded deadline -> true;
            case KvFailure.Overloaded overloaded -> false;
            case KvFailure.ConditionFailed failed -> false;
            case KvFailure.Refused refused -> false;
            case KvFailure.DiskFull full -> false;
            case KvFailure.Poisoned poisoned -> false;
        };
    }
}
