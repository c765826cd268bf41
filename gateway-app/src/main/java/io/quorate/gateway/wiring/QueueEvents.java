package io.quorate.gateway.wiring;

import io.quorate.s3.repository.EventSink;
import io.quorate.sqs.operation.Deliveries;
import reactor.core.publisher.Mono;

/** S3's events go to SQS's queues: neither knows the other. */
final class QueueEvents implements EventSink {
    /** Whom a message about a bucket is from. */
    private static final String SENDER = "s3.amazonaws.com";

    private final Deliveries queues;

    QueueEvents(Deliveries queues) {
        this.queues = queues;
    }

    @Override
    public Mono<Boolean> accepts(String queueArn, String account) {
        return queues.accepts(queueArn, account);
    }

    @Override
    public Mono<Void> deliver(Delivery delivery) {
        return queues.deliver(delivery.row(), delivery.queueArn(), SENDER, delivery.message(),
                delivery.body());
    }
}
