package io.quorate.sqs.upkeep;

import io.quorate.kv.Deadline;
import io.quorate.sqs.engine.UpkeepCall;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.repository.QueueRepository;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Looks after every queue that this node leads, one after the other: counts and removes what time has
 * made due, moves what a move task names, and takes deleted queues out of the directory. A queue whose
 * turn fails is skipped until the next round.
 */
public final class QueueUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(QueueUpkeep.class);
    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);
    private static final int PAUSE_FACTOR = 10;
    /** Most pieces of work at one queue in one round. */
    private static final int MAX_PIECES = 64;
    /** Most time for one queue in one round. */
    private static final Duration MAX_TURN = Duration.ofSeconds(5);
    /** Most time for one round. */
    private static final Duration MAX_ROUND = Duration.ofMinutes(5);

    private final QueueRepository queues;
    private final MoveTaskRunner moves;

    public QueueUpkeep(QueueRepository queues, MoveTaskRunner moves) {
        this.queues = queues;
        this.moves = moves;
    }

    /**
     * Rounds, one after the other, until it is disposed of. A round is followed by a pause at least so
     * many times as long, so that upkeep takes a small part of one core however many queues there are.
     */
    public Disposable start() {
        return Mono.defer(() -> {
            long begun = System.nanoTime();
            return round().then(Mono.defer(() -> Mono.delay(pause(begun))));
        }).repeat().subscribe(rounds -> {}, failure -> LOG.error("queue upkeep ended", failure));
    }

    private static Duration pause(long begunNanos) {
        Duration round = Duration.ofNanos(System.nanoTime() - begunNanos);
        Duration pause = round.multipliedBy(PAUSE_FACTOR);
        return pause.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : pause;
    }

    /** One round over all queues. Never fails. */
    public Mono<Void> round() {
        return queues.names().contextWrite(context -> Deadline.after(MAX_ROUND).into(context))
                .filter(queues::isLedHere).concatMap(this::turn)
                .then().onErrorResume(failure -> skipped("directory", failure));
    }

    private Mono<Void> turn(QueueName queue) {
        return pieces(queue, Optional.empty(), MAX_PIECES)
                .flatMap(exists -> exists ? moves.run(queue) : queues.leave(queue))
                .contextWrite(context -> Deadline.after(MAX_TURN).into(context))
                .onErrorResume(failure -> skipped(queue.name(), failure));
    }

    /** Whether the queue exists, once there is nothing more to do or the pieces are used up. */
    private Mono<Boolean> pieces(QueueName queue, Optional<String> afterLane, int left) {
        return queues.upkeep(new UpkeepCall.Request(queue, false, afterLane))
                .flatMap(answer -> answer.more() && left > 1
                        ? pieces(queue, answer.afterLane(), left - 1)
                        : Mono.just(answer.exists()));
    }

    private static Mono<Void> skipped(String what, Throwable failure) {
        LOG.debug("queue upkeep skipped what={} failure={}", what, failure.toString());
        return Mono.empty();
    }
}
