package io.quorate.sqs.operation;

import io.quorate.kv.Key;
import io.quorate.sqs.engine.DeliverCall;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.repository.QueueRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Messages of the endpoint itself, which are asked for by rows of others. Thread-safe. */
public final class Deliveries {
    private final QueueRepository queues;

    public Deliveries(QueueRepository queues) {
        this.queues = queues;
    }

    /** Whether there is such a queue of the account, and it is a standard one. */
    public Mono<Boolean> accepts(String queueArn, String account) {
        return Mono.justOrEmpty(QueueName.ofArn(queueArn))
                .filter(queue -> queue.account().equals(account) && !queue.isFifo())
                .flatMap(queues::find).hasElement();
    }

    /**
     * Puts a message into a queue and removes the row that asks for it, in one transaction. If the row
     * is gone it was done before; if the queue is gone, the row goes too.
     *
     * @param sender who the message is from
     * @param message names the message
     */
    public Mono<Void> deliver(Key row, String queueArn, String sender, UUID message, String body) {
        QueueName queue = QueueName.ofArn(queueArn).orElseThrow(
                () -> new IllegalArgumentException("no queue is called " + queueArn));
        var origin = new MessageContent.Origin(sender, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
        return queues.deliver(new DeliverCall.Request(queue, row,
                new MessageContent(message, body, List.of(), origin)));
    }
}
