package io.quorate.sqs.http;

import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.operation.SqsRequest;
import java.util.function.Function;

/**
 * Decodes a request whose parameters are read, whichever protocol brought them.
 *
 * @param parameters its parameters
 * @param account the caller's
 * @param queue finds the queue that parameters name
 */
record Requests(Parameters parameters, String account, Function<Parameters, QueueName> queue) {
    SqsRequest decode(SqsAction action) {
        return switch (action) {
            case CREATE_QUEUE -> QueueRules.createQueue(parameters, account);
            case GET_QUEUE_URL -> QueueRules.getUrl(parameters, account);
            case LIST_QUEUES -> QueueRules.listQueues(parameters, account);
            case DELETE_QUEUE -> new SqsRequest.DeleteQueue(named());
            case PURGE_QUEUE -> new SqsRequest.PurgeQueue(named());
            case GET_QUEUE_ATTRIBUTES -> QueueRules.getAttributes(parameters, named());
            case SET_QUEUE_ATTRIBUTES -> QueueRules.setAttributes(parameters, named());
            case TAG_QUEUE -> QueueRules.tagQueue(parameters, named());
            case UNTAG_QUEUE -> QueueRules.untagQueue(parameters, named());
            case LIST_QUEUE_TAGS -> new SqsRequest.ListQueueTags(named());
            case LIST_DEAD_LETTER_SOURCE_QUEUES -> new SqsRequest.ListDeadLetterSourceQueues(
                    named(), QueueRules.page(parameters));
            case ADD_PERMISSION -> OtherRequests.addPermission(parameters, named());
            case REMOVE_PERMISSION -> OtherRequests.removePermission(parameters, named());
            case SEND_MESSAGE -> MessageRequests.send(parameters, named());
            case SEND_MESSAGE_BATCH -> BatchRequests.send(parameters, named());
            case RECEIVE_MESSAGE -> MessageRequests.receive(parameters, named());
            case DELETE_MESSAGE -> MessageRequests.delete(parameters, named());
            case DELETE_MESSAGE_BATCH -> BatchRequests.delete(parameters, named());
            case CHANGE_MESSAGE_VISIBILITY -> MessageRequests.hide(parameters, named());
            case CHANGE_MESSAGE_VISIBILITY_BATCH -> BatchRequests.hide(parameters, named());
            case START_MESSAGE_MOVE_TASK -> OtherRequests.startMove(parameters);
            case CANCEL_MESSAGE_MOVE_TASK -> OtherRequests.cancelMove(parameters);
            case LIST_MESSAGE_MOVE_TASKS -> OtherRequests.listMoves(parameters);
        };
    }

    private QueueName named() {
        return queue.apply(parameters);
    }
}
