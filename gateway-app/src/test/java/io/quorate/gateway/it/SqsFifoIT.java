package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** FIFO queues, dead-letter queues and move tasks as clients of the SDK see them. */
class SqsFifoIT {
    private static final int GROUPS = 8;
    private static final int MESSAGES = 400;

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
    void consumersGetEachGroupInOrderAndEachMessageOnce() throws Exception {
        String queue = fifo("ordered.fifo");
        for (int i = 0; i < MESSAGES; i += 10) {
            int from = i;
            assertThat(sqs.sendMessageBatch(send -> send.queueUrl(queue).entries(
                    IntStream.range(from, from + 10).mapToObj(SqsFifoIT::entry).toList()))
                    .failed()).isEmpty();
        }
        Map<String, List<Integer>> byGroup = new HashMap<>();
        List<Callable<Integer>> consumers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            consumers.add(() -> consume(queue, byGroup));
        }

        int received = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> consumer : threads.invokeAll(consumers)) {
                received += consumer.get();
            }
        }

        assertThat(received).isEqualTo(MESSAGES);
        assertThat(byGroup).hasSize(GROUPS)
                .allSatisfy((group, numbers) -> assertThat(numbers).isSorted()
                        .hasSize(MESSAGES / GROUPS));
    }

    /** Receives, notes and deletes until the queue is empty. */
    private static int consume(String queue, Map<String, List<Integer>> byGroup) {
        int received = 0;
        int empty = 0;
        while (empty < 20) {
            List<Message> some = sqs.receiveMessage(from -> from.queueUrl(queue)
                    .maxNumberOfMessages(4).visibilityTimeout(600)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)).messages();
            empty = some.isEmpty() ? empty + 1 : 0;
            received += some.size();
            for (Message message : some) {
                note(byGroup, message);
                sqs.deleteMessage(delete -> delete.queueUrl(queue)
                        .receiptHandle(message.receiptHandle()));
            }
        }
        return received;
    }

    private static void note(Map<String, List<Integer>> byGroup, Message message) {
        String group = message.attributes()
                .getOrDefault(MessageSystemAttributeName.MESSAGE_GROUP_ID, "");
        synchronized (byGroup) {
            byGroup.computeIfAbsent(group, fresh -> new ArrayList<>())
                    .add(Integer.valueOf(message.body()));
        }
    }

    @Test
    void aRepeatedSendHasTheSameIdAndSequenceNumber() {
        String queue = fifo("exact.fifo");

        var first = sqs.sendMessage(send -> send.queueUrl(queue).messageBody("1")
                .messageGroupId("g"));
        var second = sqs.sendMessage(send -> send.queueUrl(queue).messageBody("1")
                .messageGroupId("g"));

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.sequenceNumber()).isEqualTo(first.sequenceNumber()).hasSize(20);
        assertThat(sqs.receiveMessage(from -> from.queueUrl(queue).maxNumberOfMessages(10))
                .messages()).hasSize(1);
    }

    @Test
    void aPoisonousMessageDiesAndIsMovedBackByATask() {
        String dead = sqs.createQueue(create -> create.queueName("morgue")).queueUrl();
        String arn = sqs.getQueueAttributes(get -> get.queueUrl(dead)
                .attributeNames(QueueAttributeName.QUEUE_ARN)).attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
        String source = sqs.createQueue(create -> create.queueName("clinic")
                .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"1\"}")))
                .queueUrl();
        sqs.sendMessage(send -> send.queueUrl(source).messageBody("poison"));

        sqs.receiveMessage(from -> from.queueUrl(source).visibilityTimeout(0));
        assertThat(sqs.receiveMessage(from -> from.queueUrl(source)).messages()).isEmpty();
        assertThat(visible(dead)).isEqualTo("1");
        sqs.startMessageMoveTask(move -> move.sourceArn(arn));

        await().untilAsserted(() -> assertThat(
                sqs.listMessageMoveTasks(list -> list.sourceArn(arn)).results()).singleElement()
                .satisfies(task -> assertThat(task.status()).isEqualTo("COMPLETED")));
        assertThat(visible(source)).isEqualTo("1");
        assertThat(sqs.listDeadLetterSourceQueues(list -> list.queueUrl(dead)).queueUrls())
                .containsExactly(source);
    }

    private static String visible(String queue) {
        return sqs.getQueueAttributes(get -> get.queueUrl(queue)
                .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)).attributes()
                .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "");
    }

    private static SendMessageBatchRequestEntry entry(int i) {
        return SendMessageBatchRequestEntry.builder().id("m" + i).messageBody("" + i)
                .messageGroupId("g" + i % GROUPS).build();
    }

    private static String fifo(String name) {
        return sqs.createQueue(create -> create.queueName(name)
                .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true",
                        QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")))
                .queueUrl();
    }
}
