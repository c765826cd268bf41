package io.quorate.sqs.operation;

import io.quorate.sqs.engine.DeleteMessageCall;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.repository.QueueRepository;
import reactor.core.publisher.Mono;

/** DeleteMessage. Source: SQS API reference, DeleteMessage. */
public final class DeleteMessage {
    private final QueueRepository queues;

    public DeleteMessage(QueueRepository queues) {
        this.queues = queues;
    }

    /** Deletes the message if the receipt is its latest. */
    public Mono<SqsResult> run(DeleteMessageRequest request) {
        return queues.delete(new DeleteMessageCall.Request(request.queue(), request.receipt()))
                .map(answer -> switch (answer) {
                    case DONE -> new SqsResult.MessageDeleted();
                    case NO_SUCH_QUEUE -> throw SqsException.noSuchQueue();
                    case FOREIGN_RECEIPT ->
                        throw new SqsException(SqsError.RECEIPT_HANDLE_IS_INVALID,
                                "The input receipt handle is invalid.");
                });
    }
}
