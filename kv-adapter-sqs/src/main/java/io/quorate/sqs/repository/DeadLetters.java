package io.quorate.sqs.repository;

import io.quorate.sqs.engine.SendCall;
import io.quorate.sqs.engine.SettleCall;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceiptHandle;
import io.quorate.sqs.model.ReceivedMessage;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves messages from queue to queue: into the other one first, once however often it is tried, then
 * out of the one it came from. So a failure between the two repeats the move and loses nothing.
 * Thread-safe.
 */
public final class DeadLetters {
    private final QueueRepository queues;

    public DeadLetters(QueueRepository queues) {
        this.queues = queues;
    }

    /**
     * Moves messages that were received too often to the dead-letter queue; false if there is none to
     * take them.
     *
     * @param arn the ARN of the queue they come from
     */
    public Mono<Boolean> bury(QueueDefinition from, String arn, List<ReceivedMessage> dead) {
        return Mono.justOrEmpty(from.settings().redrive())
                .flatMap(policy -> Flux.fromIterable(dead)
                        .concatMap(message -> move(from.name(), policy.target(),
                                message.receipt(), arrival(message, arn)))
                        .all(moved -> moved))
                .defaultIfEmpty(false);
    }

    private static SendCall.Message arrival(ReceivedMessage message, String arn) {
        MessageContent content = message.content();
        return new SendCall.Message(
                content.with(content.origin().deadLetterOf(Optional.of(arn))), Optional.empty(),
                "", Optional.of(new SendCall.Arrival(stay(message.receipt()),
                        message.state().sentMillis(), message.state().receiveCount())));
    }

    /** Moves a message out of a dead-letter queue, as if it had never been received. */
    public Mono<Boolean> revive(QueueName from, QueueName to, ReceivedMessage message) {
        MessageContent content = message.content();
        var arrival = new SendCall.Message(
                content.with(content.origin().deadLetterOf(Optional.empty())), Optional.empty(),
                "", Optional.of(new SendCall.Arrival(stay(message.receipt()),
                        message.state().sentMillis(), 0)));
        return move(from, to, message.receipt(), arrival);
    }

    private Mono<Boolean> move(QueueName from, QueueName to, ReceiptHandle receipt,
            SendCall.Message message) {
        return queues.send(new SendCall.Request(to, List.of(message)), Optional.empty())
                .flatMap(answer -> switch (answer) {
                    case SendCall.Answer.NoSuchQueue() -> Mono.just(false);
                    case SendCall.Answer.Results results -> queues
                            .settle(new SettleCall.Request(from,
                                    List.of(SettleCall.Wish.moved(receipt))))
                            .thenReturn(true);
                });
    }

    /** Names the message's stay in the queue it comes from. */
    private static String stay(ReceiptHandle receipt) {
        return receipt.queue() + ":" + receipt.epoch() + ":" + receipt.place().sequence();
    }
}
