package io.quorate.sqs.operation;

import io.quorate.sqs.engine.SendMessageCall;
import io.quorate.sqs.engine.SendMessageCall.Answer;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.Md5;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.repository.QueueRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * SendMessage to a standard queue. Stored once however often an SDK repeats it. Source: SQS API
 * reference, SendMessage.
 */
public final class SendMessage {
    private final QueueRepository queues;
    private final Supplier<UUID> ids;

    public SendMessage(QueueRepository queues, Supplier<UUID> ids) {
        this.queues = queues;
        this.ids = ids;
    }

    /** Sends the message. */
    public Mono<SqsResult> run(SendMessageRequest request, Caller caller) {
        var content = new MessageContent(request.body(), request.attributes(),
                request.traceHeader().map(MessageAttribute::text), request.groupId(),
                caller.senderId());
        return queues.send(new SendMessageCall.Request(request.queue(), ids.get(),
                request.delaySeconds(), content), caller.retryId())
                .map(answer -> result(request, answer));
    }

    private static SqsResult result(SendMessageRequest request, Answer answer) {
        return switch (answer) {
            case Answer.Sent(UUID message) -> new SqsResult.MessageSent(message,
                    Md5.ofText(request.body()), digest(request.attributes()),
                    digest(request.traceHeader().stream().toList()));
            case Answer.NoSuchQueue() -> throw SqsException.noSuchQueue();
            case Answer.TooLong(int maximumBytes) ->
                throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                        "One or more parameters are invalid. Reason: Message must be shorter than "
                                + maximumBytes + " bytes.");
        };
    }

    private static Optional<String> digest(List<MessageAttribute> attributes) {
        return attributes.isEmpty() ? Optional.empty() : Optional.of(Md5.ofAttributes(attributes));
    }
}
