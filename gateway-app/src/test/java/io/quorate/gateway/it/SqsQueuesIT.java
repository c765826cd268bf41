package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.PurgeQueueInProgressException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Queues, their attributes, tags and permissions as clients of the SDK see them. */
class SqsQueuesIT {
    @TempDir
    static Path data;

    private static RunningServer server;
    private static SqsClient sqs;

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        sqs = server.clients().sqs();
    }

    @AfterAll
    static void stop() {
        sqs.close();
        server.close();
    }

    @Test
    void queuesAreListedByPrefixInPagesAndFoundByName() {
        for (int i = 0; i < 5; i++) {
            queue("page-" + i);
        }

        List<String> urls = sqs
                .listQueuesPaginator(list -> list.queueNamePrefix("page-").maxResults(2))
                .queueUrls().stream().toList();

        assertThat(urls).hasSize(5).isSorted()
                .allMatch(url -> url.contains("/000000000000/page-"));
        assertThat(sqs.getQueueUrl(get -> get.queueName("page-3")).queueUrl())
                .isEqualTo(urls.get(3));
        assertThatThrownBy(() -> sqs.getQueueUrl(get -> get.queueName("page-none")))
                .isInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void aDeletedQueueIsGoneWithItsMessagesAndCanBeMadeAgain() {
        String queue = queue("mayfly");
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("old"));

        sqs.deleteQueue(delete -> delete.queueUrl(queue));

        assertThatThrownBy(() -> sqs.sendMessage(send -> send.queueUrl(queue).messageBody("x")))
                .isInstanceOf(QueueDoesNotExistException.class);
        assertThat(sqs.listQueues(list -> list.queueNamePrefix("mayfly")).queueUrls()).isEmpty();
        queue("mayfly");
        assertThat(sqs.receiveMessage(from -> from.queueUrl(queue)).messages()).isEmpty();
    }

    @Test
    void aPurgeRemovesWhatWasSentAndIsAllowedOnceAMinute() {
        String queue = queue("purged");
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("old"));

        sqs.purgeQueue(purge -> purge.queueUrl(queue));
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("new"));

        assertThat(sqs.receiveMessage(from -> from.queueUrl(queue).maxNumberOfMessages(10))
                .messages()).singleElement()
                .satisfies(message -> assertThat(message.body()).isEqualTo("new"));
        assertThatThrownBy(() -> sqs.purgeQueue(purge -> purge.queueUrl(queue)))
                .isInstanceOf(PurgeQueueInProgressException.class);
    }

    @Test
    void attributesAreSetAndShownWithExactCounts() {
        String queue = queue("attributed");
        sqs.setQueueAttributes(set -> set.queueUrl(queue)
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "77",
                        QueueAttributeName.KMS_MASTER_KEY_ID, "alias/aws/sqs",
                        QueueAttributeName.POLICY, "{\"Version\":\"2012-10-17\"}")));
        for (int i = 0; i < 3; i++) {
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody("x"));
        }
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("later").delaySeconds(900));
        sqs.receiveMessage(from -> from.queueUrl(queue));

        Map<QueueAttributeName, String> shown = sqs.getQueueAttributes(
                get -> get.queueUrl(queue).attributeNames(QueueAttributeName.ALL)).attributes();

        assertThat(shown).containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "77")
                .containsEntry(QueueAttributeName.KMS_MASTER_KEY_ID, "alias/aws/sqs")
                .containsEntry(QueueAttributeName.POLICY, "{\"Version\":\"2012-10-17\"}")
                .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "2")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "1")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "1")
                .containsEntry(QueueAttributeName.QUEUE_ARN,
                        "arn:aws:sqs:us-east-1:000000000000:attributed")
                .containsKeys(QueueAttributeName.CREATED_TIMESTAMP,
                        QueueAttributeName.LAST_MODIFIED_TIMESTAMP)
                .doesNotContainKeys(QueueAttributeName.FIFO_QUEUE,
                        QueueAttributeName.REDRIVE_POLICY);
    }

    @Test
    void tagsAreAddedShownAndRemoved() {
        String queue = queue("tagged");

        sqs.tagQueue(tag -> tag.queueUrl(queue).tags(Map.of("team", "blue", "cost", "1")));
        sqs.tagQueue(tag -> tag.queueUrl(queue).tags(Map.of("team", "red")));
        sqs.untagQueue(untag -> untag.queueUrl(queue).tagKeys("cost", "none"));

        assertThat(sqs.listQueueTags(list -> list.queueUrl(queue)).tags())
                .isEqualTo(Map.of("team", "red"));
    }

    @Test
    void permissionsAreStatementsOfThePolicy() {
        String queue = queue("permitted");

        sqs.addPermission(add -> add.queueUrl(queue).label("send").awsAccountIds("123456789012")
                .actions("SendMessage"));
        String policy = policy(queue);
        sqs.addPermission(add -> add.queueUrl(queue).label("read").awsAccountIds("123456789012")
                .actions("ReceiveMessage"));
        sqs.removePermission(remove -> remove.queueUrl(queue).label("send"));
        String rest = policy(queue);

        assertThat(policy).contains("\"Sid\":\"send\"", "SQS:SendMessage",
                "arn:aws:iam::123456789012:root");
        assertThat(rest).contains("\"Sid\":\"read\"").doesNotContain("\"Sid\":\"send\"");
    }

    private static String policy(String queue) {
        return sqs.getQueueAttributes(
                get -> get.queueUrl(queue).attributeNames(QueueAttributeName.POLICY))
                .attributes().getOrDefault(QueueAttributeName.POLICY, "");
    }

    private static String queue(String name) {
        return sqs.createQueue(create -> create.queueName(name)).queueUrl();
    }
}
