package io.quorate.s3.delivery;

import io.quorate.kv.Deadline;
import io.quorate.s3.model.BucketEvent;
import io.quorate.s3.repository.EventSink;
import io.quorate.s3.repository.OutboxRepository;
import io.quorate.s3.repository.OutboxRepository.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Delivers the events of the buckets that this node leads, round after round. What fails is left for
 * the next round; what was delivered is gone with its delivery, so it is delivered once. Thread-safe.
 */
public final class EventDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Most time for one round. */
    private static final Duration MAX_ROUND = Duration.ofSeconds(30);
    /** Deliveries of one bucket at the same time. */
    private static final int AT_ONCE = 16;

    private final OutboxRepository outbox;
    private final EventSink sink;
    private final Function<BucketEvent, String> rendered;

    /** @param rendered what a queue is told of an event */
    public EventDelivery(OutboxRepository outbox, EventSink sink,
            Function<BucketEvent, String> rendered) {
        this.outbox = outbox;
        this.sink = sink;
        this.rendered = rendered;
    }

    /** Rounds with pauses, until it is disposed of. */
    public Disposable start() {
        return Mono.defer(this::round).then(Mono.delay(PAUSE)).repeat().subscribe(rounds -> {},
                failure -> LOG.error("event delivery ended", failure));
    }

    /** One round over all buckets. Never fails. */
    public Mono<Void> round() {
        return outbox.senders().concatMap(this::bucket)
                .contextWrite(context -> Deadline.after(MAX_ROUND).into(context)).then()
                .onErrorResume(failure -> skipped("senders", failure));
    }

    private Mono<Void> bucket(String bucket) {
        return outbox.oldest(bucket).flatMap(events -> events.isEmpty()
                ? outbox.leave(bucket)
                : deliver(events).flatMap(all -> all && events.size() == OutboxRepository.MAX_EVENTS
                        ? bucket(bucket)
                        : Mono.empty()))
                .onErrorResume(failure -> skipped(bucket, failure));
    }

    /** Whether all could be delivered. */
    private Mono<Boolean> deliver(List<Waiting> events) {
        return Flux.fromIterable(events).flatMap(this::deliver, AT_ONCE).all(done -> done);
    }

    private Mono<Boolean> deliver(Waiting waiting) {
        BucketEvent event = waiting.event();
        return sink.deliver(new EventSink.Delivery(waiting.row(), event.queueArn(), event.id(),
                rendered.apply(event))).thenReturn(true)
                .onErrorResume(failure -> this.<Boolean>skipped(event.queueArn(), failure)
                        .defaultIfEmpty(false));
    }

    private <T> Mono<T> skipped(String what, Throwable failure) {
        LOG.debug("event delivery skipped what={} failure={}", what, failure.toString());
        return Mono.empty();
    }
}
