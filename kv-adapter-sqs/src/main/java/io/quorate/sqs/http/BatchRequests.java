package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.SqsRequest.Content;
import io.quorate.sqs.operation.SqsRequest.Entry;
import io.quorate.sqs.operation.SqsRequest.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Turns the entries of batches into requests; an entry that is wrong by itself is refused by itself.
 * Source: SendMessageBatch, "Errors". Pure functions.
 */
final class BatchRequests {
    private static final int MAX_ENTRIES = 10;
    private static final int MAX_BYTES = 1_048_576;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private BatchRequests() {}

    static SqsRequest send(Parameters parameters, QueueName queue) {
        List<Entry<Outgoing>> entries = entries(parameters,
                entry -> MessageRequests.outgoing(entry, queue));
        long bytes = parameters.entries().orElse(List.of()).stream()
                .mapToLong(BatchRequests::bytes).sum();
        if (bytes > MAX_BYTES) {
            throw new SqsException(SqsError.BATCH_REQUEST_TOO_LONG,
                    "Batch requests cannot be longer than " + MAX_BYTES + " bytes. You have sent "
                            + bytes + " bytes.");
        }
        return new SqsRequest.SendMessageBatch(queue, entries);
    }

    private static long bytes(Parameters entry) {
        return entry.text("MessageBody").orElse("").getBytes(StandardCharsets.UTF_8).length
                + entry.message().user().stream().mapToLong(MessageAttribute::sizeBytes).sum();
    }

    static SqsRequest delete(Parameters parameters, QueueName queue) {
        return new SqsRequest.DeleteMessageBatch(queue,
                entries(parameters, MessageRequests::receipt));
    }

    static SqsRequest hide(Parameters parameters, QueueName queue) {
        return new SqsRequest.ChangeMessageVisibilityBatch(queue,
                entries(parameters, MessageRequests::hiding));
    }

    private static <T> List<Entry<T>> entries(Parameters parameters,
            Function<Parameters, T> content) {
        List<Parameters> all = parameters.entries().orElse(List.of());
        if (all.isEmpty()) {
            throw new SqsException(SqsError.EMPTY_BATCH_REQUEST,
                    "There should be at least one entry in the request.");
        }
        if (all.size() > MAX_ENTRIES) {
            throw new SqsException(SqsError.TOO_MANY_ENTRIES,
                    "Maximum number of entries per request are " + MAX_ENTRIES + ". You have sent "
                            + all.size() + ".");
        }
        Set<String> ids = new HashSet<>();
        List<Entry<T>> entries = new ArrayList<>();
        for (Parameters entry : all) {
            String id = entry.required("Id");
            if (!ID.matcher(id).matches()) {
                throw new SqsException(SqsError.INVALID_BATCH_ENTRY_ID,
                        "A batch entry id can only contain alphanumeric characters, hyphens and "
                                + "underscores. It can be at most 80 letters long.");
            }
            if (!ids.add(id)) {
                throw new SqsException(SqsError.ENTRY_IDS_NOT_DISTINCT, "Id " + id + " repeated.");
            }
            entries.add(new Entry<>(id, content(entry, content)));
        }
        return entries;
    }

    private static <T> Content<T> content(Parameters entry, Function<Parameters, T> content) {
        try {
            return new Content.Valid<>(content.apply(entry));
        } catch (SqsException why) {
            return new Content.Refused<>(why);
        }
    }
}
