package io.quorate.sqs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqsActionTest {
    /** All operations of the service model of 2012-11-05. */
    private static final List<String> ALL = List.of("AddPermission", "CancelMessageMoveTask",
            "ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "CreateQueue",
            "DeleteMessage", "DeleteMessageBatch", "DeleteQueue", "GetQueueAttributes",
            "GetQueueUrl", "ListDeadLetterSourceQueues", "ListMessageMoveTasks", "ListQueueTags",
            "ListQueues", "PurgeQueue", "ReceiveMessage", "RemovePermission", "SendMessage",
            "SendMessageBatch", "SetQueueAttributes", "StartMessageMoveTask", "TagQueue",
            "UntagQueue");

    @Test
    void everyActionOfSqsIsBuiltAndNothingElse() {
        assertThat(SqsAction.values()).extracting(SqsAction::wireName)
                .containsExactlyInAnyOrderElementsOf(ALL).hasSize(23);
        assertThat(SqsAction.of("sendmessage")).isEmpty();
        assertThat(SqsAction.of("")).isEmpty();
    }
}
