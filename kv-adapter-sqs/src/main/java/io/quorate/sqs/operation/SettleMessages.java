package io.quorate.sqs.operation;

import io.quorate.sqs.engine.SettleCall;
import io.quorate.sqs.engine.SettleCall.Result;
import io.quorate.sqs.engine.SettleCall.Wish;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.operation.SqsRequest.Content;
import io.quorate.sqs.operation.SqsRequest.Entry;
import io.quorate.sqs.operation.SqsResult.BatchEntry;
import io.quorate.sqs.repository.QueueRepository;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * DeleteMessage and ChangeMessageVisibility, and batches of them. Source: SQS API reference, those
 * actions.
 */
public final class SettleMessages {
    private final QueueRepository queues;

    public SettleMessages(QueueRepository queues) {
        this.queues = queues;
    }

    /** Deletes a message; a stale receipt deletes nothing and is no error. */
    public Mono<SqsResult> delete(SqsRequest.DeleteMessage request) {
        return settle(request.queue(), List.of(Wish.delete(request.receipt())))
                .map(results -> done(results.getFirst(), true));
    }

    /** Hides a message that is in flight for another time. */
    public Mono<SqsResult> hide(SqsRequest.ChangeMessageVisibility request) {
        return settle(request.queue(), List.of(wish(request.hiding())))
                .map(results -> done(results.getFirst(), false));
    }

    /** Deletes several. */
    public Mono<SqsResult> delete(SqsRequest.DeleteMessageBatch request) {
        return batch(request.queue(), request.entries(), Wish::delete, true);
    }

    /** Hides several. */
    public Mono<SqsResult> hide(SqsRequest.ChangeMessageVisibilityBatch request) {
        return batch(request.queue(), request.entries(), SettleMessages::wish, false);
    }

    private static Wish wish(SqsRequest.Hiding hiding) {
        return new Wish(hiding.receipt(), hiding.seconds());
    }

    private <T> Mono<SqsResult> batch(QueueName queue, List<Entry<T>> entries,
            Function<T, Wish> wish, boolean deletes) {
        List<Wish> wishes = new ArrayList<>();
        for (Entry<T> entry : entries) {
            if (entry.content() instanceof Content.Valid<T>(T value)) {
                wishes.add(wish.apply(value));
            }
        }
        return settle(queue, wishes).map(results -> {
            Iterator<Result> each = results.iterator();
            return new SqsResult.Batch(
                    entries.stream().map(entry -> result(entry, each, deletes)).toList());
        });
    }

    private static <T> BatchEntry result(Entry<T> entry, Iterator<Result> results,
            boolean deletes) {
        return switch (entry.content()) {
            case Content.Refused<T>(SqsException why) -> new BatchEntry.Failed(entry.id(), why);
            case Content.Valid<T> valid -> refusal(results.next(), deletes)
                    .<BatchEntry>map(why -> new BatchEntry.Failed(entry.id(), why))
                    .orElseGet(() -> new BatchEntry.Done(entry.id()));
        };
    }

    private Mono<List<Result>> settle(QueueName queue, List<Wish> wishes) {
        if (wishes.isEmpty()) {
            return QueueLifecycle.existing(queues.find(queue)).thenReturn(List.of());
        }
        return queues.settle(new SettleCall.Request(queue, wishes)).doOnNext(results -> {
            if (results.contains(Result.NO_SUCH_QUEUE)) {
                throw SqsException.noSuchQueue();
            }
        });
    }

    private static SqsResult done(Result result, boolean deletes) {
        refusal(result, deletes).ifPresent(why -> {
            throw why;
        });
        return new SqsResult.Done();
    }

    private static Optional<SqsException> refusal(Result result, boolean deletes) {
        return switch (result) {
            case DONE -> Optional.empty();
            case NO_SUCH_QUEUE -> Optional.of(SqsException.noSuchQueue());
            case FOREIGN_RECEIPT -> Optional.of(new SqsException(
                    SqsError.RECEIPT_HANDLE_IS_INVALID,
                    "The input receipt handle is not a valid receipt handle for this queue."));
            case STALE -> deletes
                    ? Optional.empty()
                    : Optional.of(invalid("Message does not exist or is not available for "
                            + "visibility timeout change."));
            case NOT_IN_FLIGHT -> Optional.of(new SqsException(SqsError.MESSAGE_NOT_INFLIGHT,
                    "The message referred to is not in flight."));
            case EXPIRED -> Optional.of(invalid("The receipt handle has expired."));
        };
    }

    private static SqsException invalid(String reason) {
        return new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                "Value for parameter ReceiptHandle is invalid. Reason: " + reason);
    }
}
