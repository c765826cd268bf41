package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.Md5;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceivedMessage;
import io.quorate.sqs.operation.SqsResult;
import io.quorate.sqs.operation.SqsResult.BatchEntry;
import io.quorate.sqs.operation.TaskHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the answer of each action consists of, in either protocol. Source: the output shapes of SQS's
 * service model.
 */
final class Parts {
    private final SqsAction action;
    private final Function<QueueName, String> urls;

    /**
     * @param action what was asked
     * @param urls makes queue URLs
     */
    Parts(SqsAction action, Function<QueueName, String> urls) {
        this.action = action;
        this.urls = urls;
    }

    List<Part> of(SqsResult result) {
        return switch (result) {
            case SqsResult.Done done -> List.of();
            case SqsResult.QueueFound found ->
                List.of(new Part.Text("QueueUrl", urls.apply(found.queue())));
            case SqsResult.QueuesListed listed -> listed(listed);
            case SqsResult.Attributes attributes -> present(
                    new Part.Pairs("Attributes", "Attribute", "Name", attributes.attributes()));
            case SqsResult.Tags tags -> present(new Part.Pairs("Tags", "Tag", "Key", tags.tags()));
            case SqsResult.MessageSent sent -> sent(sent);
            case SqsResult.Batch batch -> batch(batch);
            case SqsResult.MessagesReceived received -> received.messages().isEmpty()
                    ? List.of()
                    : List.of(new Part.Objects("Messages", "Message", received.messages().stream()
                            .map(message -> message(message, received)).toList()));
            case SqsResult.MoveStarted started -> List.of(handle(started.handle()));
            case SqsResult.MoveCancelled cancelled -> List
                    .of(new Part.Count("ApproximateNumberOfMessagesMoved", cancelled.moved()));
            case SqsResult.MovesListed moves ->
                List.of(new Part.Objects("Results", "ListMessageMoveTasksResultEntry",
                        moves.moves().stream().map(Parts::move).toList()));
        };
    }

    private static List<Part> present(Part.Pairs pairs) {
        return pairs.values().isEmpty() ? List.of() : List.of(pairs);
    }

    private List<Part> listed(SqsResult.QueuesListed listed) {
        boolean sources = action == SqsAction.LIST_DEAD_LETTER_SOURCE_QUEUES;
        List<Part> parts = new ArrayList<>();
        if (sources || !listed.queues().isEmpty()) {
            parts.add(new Part.Texts(sources ? "queueUrls" : "QueueUrls", "QueueUrl",
                    listed.queues().stream().map(urls).toList()));
        }
        listed.next()
                .ifPresent(last -> parts.add(new Part.Text("NextToken", QueueRules.token(last))));
        return parts;
    }

    private static List<Part> sent(SqsResult.MessageSent sent) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text("MD5OfMessageBody", sent.digests().body()));
        sent.digests().attributes()
                .ifPresent(md5 -> parts.add(new Part.Text("MD5OfMessageAttributes", md5)));
        sent.digests().systemAttributes()
                .ifPresent(md5 -> parts.add(new Part.Text("MD5OfMessageSystemAttributes", md5)));
        parts.add(new Part.Text("MessageId", sent.message().toString()));
        sent.sequence().ifPresent(number -> parts.add(new Part.Text("SequenceNumber", number)));
        return parts;
    }

    private List<Part> batch(SqsResult.Batch batch) {
        List<List<Part>> successful = new ArrayList<>();
        List<List<Part>> failed = new ArrayList<>();
        for (BatchEntry entry : batch.entries()) {
            Part id = new Part.Text("Id", entry.id());
            switch (entry) {
                case BatchEntry.Sent sent -> {
                    List<Part> parts = new ArrayList<>(List.of(id));
                    parts.addAll(sent(sent.sent()));
                    successful.add(parts);
                }
                case BatchEntry.Done done -> successful.add(List.of(id));
                case BatchEntry.Failed(String name, SqsException why) ->
                    failed.add(List.of(id, new Part.Flag("SenderFault", why.error().status() < 500),
                            new Part.Text("Code", why.error().queryCode()),
                            new Part.Text("Message", why.text())));
            }
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Objects("Successful", action.wireName() + "ResultEntry", successful));
        if (!failed.isEmpty()) {
            parts.add(new Part.Objects("Failed", "BatchResultErrorEntry", failed));
        }
        return parts;
    }

    private static List<Part> message(ReceivedMessage message,
            SqsResult.MessagesReceived received) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text("MessageId", message.content().id().toString()));
        parts.add(new Part.Text("ReceiptHandle", message.receipt().encode()));
        parts.add(new Part.Text("MD5OfBody", Md5.ofText(message.content().body())));
        parts.add(new Part.Text("Body", message.content().body()));
        Map<String, String> system = received.shown().systemOf(message, received.fifo());
        parts.addAll(present(new Part.Pairs("Attributes", "Attribute", "Name", system)));
        List<MessageAttribute> user = received.shown().userOf(message);
        if (!user.isEmpty()) {
            parts.add(new Part.Text("MD5OfMessageAttributes", Md5.ofAttributes(user)));
            parts.add(new Part.UserAttributes(user));
        }
        return parts;
    }

    private static Part handle(TaskHandle handle) {
        return new Part.Text("TaskHandle", handle.encode());
    }

    private static List<Part> move(SqsResult.Move move) {
        List<Part> parts = new ArrayList<>();
        move.handle().ifPresent(handle -> parts.add(handle(handle)));
        parts.add(new Part.Text("Status", move.status()));
        parts.add(new Part.Text("SourceArn", move.arns().source()));
        move.arns().destination().ifPresent(arn -> parts.add(new Part.Text("DestinationArn", arn)));
        SqsResult.Move.Numbers numbers = move.numbers();
        numbers.perSecond().ifPresent(
                rate -> parts.add(new Part.Count("MaxNumberOfMessagesPerSecond", rate)));
        parts.add(new Part.Count("ApproximateNumberOfMessagesMoved", numbers.moved()));
        parts.add(new Part.Count("ApproximateNumberOfMessagesToMove", numbers.toMove()));
        move.failure().ifPresent(why -> parts.add(new Part.Text("FailureReason", why)));
        parts.add(new Part.Count("StartedTimestamp", numbers.startedMillis()));
        return parts;
    }
}
