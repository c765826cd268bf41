package io.quorate.sqs.operation;

import io.quorate.sqs.engine.SendCall;
import io.quorate.sqs.engine.SendCall.Answer;
import io.quorate.sqs.engine.SendCall.Result;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.Md5;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.Sha256;
import io.quorate.sqs.operation.SqsRequest.Content;
import io.quorate.sqs.operation.SqsRequest.Entry;
import io.quorate.sqs.operation.SqsRequest.Outgoing;
import io.quorate.sqs.operation.SqsResult.BatchEntry;
import io.quorate.sqs.repository.QueueRepository;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * SendMessage and SendMessageBatch. Stored once however often an SDK repeats a call. Source: SQS API
 * reference, those actions.
 */
public final class SendMessage {
    private final QueueRepository queues;
    private final Supplier<UUID> ids;

    public SendMessage(QueueRepository queues, Supplier<UUID> ids) {
        this.queues = queues;
        this.ids = ids;
    }

    /** Sends one message. */
    public Mono<SqsResult> run(SqsRequest.SendMessage request, Caller caller) {
        boolean fifo = request.queue().isFifo();
        return send(request.queue(), List.of(request.message()), caller)
                .map(results -> sent(request.message(), results.getFirst(), fifo));
    }

    /** Sends those entries of a batch that can be sent. */
    public Mono<SqsResult> run(SqsRequest.SendMessageBatch request, Caller caller) {
        List<Outgoing> valid = new ArrayList<>();
        for (Entry<Outgoing> entry : request.entries()) {
            if (entry.content() instanceof Content.Valid<Outgoing>(Outgoing message)) {
                valid.add(message);
            }
        }
        boolean fifo = request.queue().isFifo();
        return send(request.queue(), valid, caller).map(results -> {
            Iterator<Result> each = results.iterator();
            return new SqsResult.Batch(request.entries().stream()
                    .map(entry -> result(entry, each, fifo)).toList());
        });
    }

    private static BatchEntry result(Entry<Outgoing> entry, Iterator<Result> results,
            boolean fifo) {
        return switch (entry.content()) {
            case Content.Refused<Outgoing>(SqsException why) ->
                new BatchEntry.Failed(entry.id(), why);
            case Content.Valid<Outgoing>(Outgoing message) -> {
                try {
                    yield new BatchEntry.Sent(entry.id(), sent(message, results.next(), fifo));
                } catch (SqsException why) {
                    yield new BatchEntry.Failed(entry.id(), why);
                }
            }
        };
    }

    private Mono<List<Result>> send(QueueName queue, List<Outgoing> messages, Caller caller) {
        if (messages.isEmpty()) {
            return QueueLifecycle.existing(queues.find(queue)).thenReturn(List.of());
        }
        List<SendCall.Message> all = messages.stream()
                .map(message -> message(queue, message, caller)).toList();
        return queues.send(new SendCall.Request(queue, all), caller.retryId())
                .map(answer -> switch (answer) {
                    case Answer.NoSuchQueue() -> throw SqsException.noSuchQueue();
                    case Answer.Results(List<Result> results) -> results;
                });
    }

    private SendCall.Message message(QueueName queue, Outgoing message, Caller caller) {
        var origin = new MessageContent.Origin(caller.senderId(),
                message.ids().traceHeader().map(MessageAttribute::text), message.ids().groupId(),
                message.ids().deduplicationId(), Optional.empty());
        var content = new MessageContent(ids.get(), message.body(), message.attributes(), origin);
        return new SendCall.Message(content, message.delaySeconds(),
                queue.isFifo() ? Sha256.ofText(message.body()) : "", Optional.empty());
    }

    private static SqsResult.MessageSent sent(Outgoing message, Result result, boolean fifo) {
        return switch (result) {
            case Result.Sent(UUID id, long sequence) -> new SqsResult.MessageSent(id,
                    new SqsResult.Digests(Md5.ofText(message.body()), digest(message.attributes()),
                            digest(message.ids().traceHeader().stream().toList())),
                    fifo ? Optional.of(ShownAttributes.sequence(sequence)) : Optional.empty());
            case Result.TooLong(int maximumBytes) ->
                throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                        "One or more parameters are invalid. Reason: Message must be shorter than "
                                + maximumBytes + " bytes.");
            case Result.NoDeduplicationId() ->
                throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                        "The queue should either have ContentBasedDeduplication enabled or "
                                + "MessageDeduplicationId provided explicitly");
        };
    }

    private static Optional<String> digest(List<MessageAttribute> attributes) {
        return attributes.isEmpty() ? Optional.empty() : Optional.of(Md5.ofAttributes(attributes));
    }
}
