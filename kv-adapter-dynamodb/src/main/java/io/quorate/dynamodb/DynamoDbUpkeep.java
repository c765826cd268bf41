package io.quorate.dynamodb;

import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.TableUpkeep;
import io.quorate.dynamodb.repository.UpkeepStep;
import io.quorate.kv.Deadline;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.TransactionalKv;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The loop that keeps tables up on the node that leads the default group. Runs from {@link #start} to
 * {@link #close}, on a thread of its own.
 */
public final class DynamoDbUpkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbUpkeep.class);
    /** The pause between two rounds. */
    static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private final Scheduler scheduler = Schedulers.newSingle("dynamodb-upkeep", true);
    private final TableUpkeep upkeep;
    private final Mono<Void> leads;
    private Disposable loop = () -> {};

    DynamoDbUpkeep(TransactionalKv kv, ItemRepository items, LeaderProbe probe,
            InstantSource clock) {
        this.upkeep = new TableUpkeep(kv, items, clock, new UpkeepStep(scheduler));
        this.leads = probe.verifyLeader()
                .contextWrite(context -> Deadline.after(PROBE_TIMEOUT).into(context));
    }

    /** Begins. */
    public synchronized void start() {
        loop = Mono.delay(PAUSE, scheduler)
                .then(leads.thenReturn(true).onErrorReturn(false))
                .flatMap(leader -> leader ? upkeep.tick() : Mono.<Void>empty())
                .onErrorResume(failure -> {
                    LOG.warn("table upkeep failed", failure);
                    return Mono.empty();
                }).repeat().subscribe();
    }

    /** One round, whoever leads. */
    Mono<Void> round() {
        return upkeep.tick();
    }

    @Override
    public synchronized void close() {
        loop.dispose();
        scheduler.dispose();
    }
}
