package io.quorate.s3.repository;

import io.quorate.kv.Key;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The queues of this endpoint, as events see them: this adapter's port. Thread-safe. */
public interface EventSink {
    /** Queues that are not there. */
    EventSink NONE = new EventSink() {
        @Override
        public Mono<Boolean> accepts(String queueArn, String account) {
            return Mono.just(false);
        }

        @Override
        public Mono<Void> deliver(Delivery delivery) {
            return Mono.error(new IllegalStateException("there are no queues"));
        }
    };

    /** Whether there is such a queue, and it takes what happens in buckets of the account. */
    Mono<Boolean> accepts(String queueArn, String account);

    /**
     * Puts a message into a queue and removes the row that asks for it, in one transaction; if the row
     * is gone, it was done before, and nothing happens. If the queue is gone, the row goes too.
     */
    Mono<Void> deliver(Delivery delivery);

    /**
     * What to deliver.
     *
     * @param row the row that asks for it
     * @param queueArn which queue
     * @param message names the message
     * @param body what it says
     */
    record Delivery(Key row, String queueArn, UUID message, String body) {}
}
