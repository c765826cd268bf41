package io.quorate.sqs.http;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The actions that are built, and the names of all others SQS has. */
enum SqsAction {
    CREATE_QUEUE("CreateQueue"), SEND_MESSAGE("SendMessage"), RECEIVE_MESSAGE(
            "ReceiveMessage"), DELETE_MESSAGE("DeleteMessage");

    /** Source: Amazon SQS API reference, "Actions". */
    private static final Set<String> NOT_BUILT = Set.of("AddPermission", "CancelMessageMoveTask",
            "ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "DeleteMessageBatch",
            "DeleteQueue", "GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues",
            "ListMessageMoveTasks", "ListQueueTags", "ListQueues", "PurgeQueue",
            "RemovePermission", "SendMessageBatch", "SetQueueAttributes", "StartMessageMoveTask",
            "TagQueue", "UntagQueue");

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

    /** The built action of that name. */
    static Optional<SqsAction> of(String name) {
        return Arrays.stream(values()).filter(action -> action.wireName.equals(name)).findFirst();
    }

    /** Whether SQS has an action of that name, built or not. */
    static boolean isKnown(String name) {
        return NOT_BUILT.contains(name) || of(name).isPresent();
    }
}
