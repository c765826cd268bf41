package io.quorate.sqs.http;

import io.quorate.sqs.operation.Caller;
import io.quorate.sqs.operation.MoveTasks;
import io.quorate.sqs.operation.Permissions;
import io.quorate.sqs.operation.QueueAttributes;
import io.quorate.sqs.operation.QueueLifecycle;
import io.quorate.sqs.operation.QueueTags;
import io.quorate.sqs.operation.ReceiveMessage;
import io.quorate.sqs.operation.SendMessage;
import io.quorate.sqs.operation.SettleMessages;
import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.SqsResult;
import reactor.core.publisher.Mono;

/**
 * All operations, each for its requests.
 *
 * @param queues queues
 * @param messages messages
 */
public record Operations(Queues queues, Messages messages) {
    /**
     * Actions on queues.
     *
     * @param lifecycle they come and go
     * @param attributes their attributes
     * @param tags their tags
     * @param permissions their policies
     */
    public record Queues(QueueLifecycle lifecycle, QueueAttributes attributes, QueueTags tags,
            Permissions permissions) {}

    /**
     * Actions on messages.
     *
     * @param send in
     * @param receive out
     * @param settle done
     * @param moves from queue to queue
     */
    public record Messages(SendMessage send, ReceiveMessage receive, SettleMessages settle,
            MoveTasks moves) {}

    Mono<SqsResult> run(SqsRequest request, Caller caller) {
        return switch (request) {
            case SqsRequest.CreateQueue create -> queues.lifecycle().create(create, caller);
            case SqsRequest.DeleteQueue delete -> queues.lifecycle().delete(delete);
            case SqsRequest.PurgeQueue purge -> queues.lifecycle().purge(purge);
            case SqsRequest.GetQueueUrl url -> queues.lifecycle().url(url);
            case SqsRequest.ListQueues list -> queues.lifecycle().list(list);
            case SqsRequest.ListDeadLetterSourceQueues sources ->
                queues.lifecycle().sources(sources);
            case SqsRequest.GetQueueAttributes get -> queues.attributes().get(get, caller);
            case SqsRequest.SetQueueAttributes set -> queues.attributes().set(set, caller);
            case SqsRequest.TagQueue tag -> queues.tags().add(tag);
            case SqsRequest.UntagQueue untag -> queues.tags().remove(untag);
            case SqsRequest.ListQueueTags tags -> queues.tags().list(tags);
            case SqsRequest.AddPermission add -> queues.permissions().add(add, caller);
            case SqsRequest.RemovePermission remove -> queues.permissions().remove(remove);
            case SqsRequest.SendMessage send -> messages.send().run(send, caller);
            case SqsRequest.SendMessageBatch batch -> messages.send().run(batch, caller);
            case SqsRequest.ReceiveMessage receive -> messages.receive().run(receive, caller);
            case SqsRequest.DeleteMessage delete -> messages.settle().delete(delete);
            case SqsRequest.DeleteMessageBatch batch -> messages.settle().delete(batch);
            case SqsRequest.ChangeMessageVisibility hide -> messages.settle().hide(hide);
            case SqsRequest.ChangeMessageVisibilityBatch batch -> messages.settle().hide(batch);
            case SqsRequest.StartMessageMoveTask start -> messages.moves().start(start, caller);
            case SqsRequest.CancelMessageMoveTask cancel -> messages.moves().cancel(cancel);
            case SqsRequest.ListMessageMoveTasks list -> messages.moves().list(list);
        };
    }
}
