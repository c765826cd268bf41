package io.quorate.sqs.http;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The actions of SQS. Source: Amazon SQS API reference, "Actions". */
enum SqsAction {
    ADD_PERMISSION("AddPermission"), CANCEL_MESSAGE_MOVE_TASK(
            "CancelMessageMoveTask"), CHANGE_MESSAGE_VISIBILITY(
                    "ChangeMessageVisibility"), CHANGE_MESSAGE_VISIBILITY_BATCH(
                            "ChangeMessageVisibilityBatch"), CREATE_QUEUE(
                                    "CreateQueue"), DELETE_MESSAGE(
                                            "DeleteMessage"), DELETE_MESSAGE_BATCH(
                                                    "DeleteMessageBatch"), DELETE_QUEUE(
                                                            "DeleteQueue"), GET_QUEUE_ATTRIBUTES(
                                                                    "GetQueueAttributes"), GET_QUEUE_URL(
                                                                            "GetQueueUrl"), LIST_DEAD_LETTER_SOURCE_QUEUES(
                                                                                    "ListDeadLetterSourceQueues"), LIST_MESSAGE_MOVE_TASKS(
                                                                                            "ListMessageMoveTasks"), LIST_QUEUES(
                                                                                                    "ListQueues"), LIST_QUEUE_TAGS(
                                                                                                            "ListQueueTags"), PURGE_QUEUE(
                                                                                                                    "PurgeQueue"), RECEIVE_MESSAGE(
                                                                                                                            "ReceiveMessage"), REMOVE_PERMISSION(
                                                                                                                                    "RemovePermission"), SEND_MESSAGE(
                                                                                                                                            "SendMessage"), SEND_MESSAGE_BATCH(
                                                                                                                                                    "SendMessageBatch"), SET_QUEUE_ATTRIBUTES(
                                                                                                                                                            "SetQueueAttributes"), START_MESSAGE_MOVE_TASK(
                                                                                                                                                                    "StartMessageMoveTask"), TAG_QUEUE(
                                                                                                                                                                            "TagQueue"), UNTAG_QUEUE(
                                                                                                                                                                                    "UntagQueue");

    private static final Map<String, SqsAction> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(SqsAction::wireName, Function.identity()));

    private final String wireName;

    SqsAction(String wireName) {
        this.wireName = wireName;
    }

    /** The name in requests of both protocols. */
    String wireName() {
        return wireName;
    }

    /** The name in policies. */
    String iamName() {
        return "sqs:" + wireName;
    }

    /** The action of that name. */
    static Optional<SqsAction> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
