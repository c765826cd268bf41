package io.quorate.dynamodb.repository;

import io.quorate.kv.Deadline;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One call of the store in the background: with a deadline of its own, and its result off the store's
 * threads. Thread-safe.
 */
public final class UpkeepStep {
    /** How long one call may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Scheduler scheduler;

    /** @param scheduler where results are worked on */
    public UpkeepStep(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    <T> Mono<T> of(Mono<T> call) {
        return call.contextWrite(context -> Deadline.after(TIMEOUT).into(context))
                .publishOn(scheduler);
    }
}
