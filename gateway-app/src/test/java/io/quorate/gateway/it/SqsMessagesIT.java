package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Batches, visibility and many consumers as clients of the SDK see them. */
class SqsMessagesIT {
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
    void aBatchIsSentHiddenAndDeleted() {
        String queue = queue("batches");

        SendMessageBatchResponse sent = sqs.sendMessageBatch(send -> send.queueUrl(queue)
                .entries(IntStream.range(0, 10).mapToObj(SqsMessagesIT::entry).toList()));
        List<Message> received = receive(queue);
        var hidden = sqs.changeMessageVisibilityBatch(change -> change.queueUrl(queue)
                .entries(IntStream.range(0, 5)
                        .mapToObj(i -> ChangeMessageVisibilityBatchRequestEntry.builder()
                                .id("h" + i).receiptHandle(received.get(i).receiptHandle())
                                .visibilityTimeout(0).build())
                        .toList()));
        var deleted = sqs.deleteMessageBatch(delete -> delete.queueUrl(queue)
                .entries(IntStream.range(5, 10)
                        .mapToObj(i -> DeleteMessageBatchRequestEntry.builder().id("d" + i)
                                .receiptHandle(received.get(i).receiptHandle()).build())
                        .toList()));

        assertThat(sent.successful()).hasSize(10);
        assertThat(received).hasSize(10);
        assertThat(hidden.successful()).hasSize(5);
        assertThat(deleted.successful()).hasSize(5);
        assertThat(receive(queue)).extracting(Message::messageId)
                .containsExactlyInAnyOrderElementsOf(received.subList(0, 5).stream()
                        .map(Message::messageId).toList());
    }

    @Test
    void anEntryThatIsWrongFailsAlone() {
        String queue = queue("partial");
        sqs.setQueueAttributes(set -> set.queueUrl(queue)
                .attributes(Map.of(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024")));

        SendMessageBatchResponse sent = sqs.sendMessageBatch(send -> send.queueUrl(queue).entries(
                entry(1),
                SendMessageBatchRequestEntry.builder().id("long").messageBody("x".repeat(1_025))
                        .build(),
                SendMessageBatchRequestEntry.builder().id("control").messageBody("\u0001")
                        .build()));

        assertThat(sent.successful()).singleElement()
                .satisfies(one -> assertThat(one.id()).isEqualTo("m1"));
        assertThat(sent.failed()).extracting(BatchResultErrorEntry::id,
                BatchResultErrorEntry::code, BatchResultErrorEntry::senderFault)
                .containsExactlyInAnyOrder(
                        tuple("long", "InvalidParameterValue", true),
                        tuple("control", "InvalidMessageContents",
                                true));
        assertThatThrownBy(
                () -> sqs.sendMessageBatch(send -> send.queueUrl(queue).entries(List.of())))
                .isInstanceOf(EmptyBatchRequestException.class);
    }

    @Test
    void aHandleOutlivesAChangeOfVisibilityAndAVisibleMessageIsNotInFlight() {
        String queue = queue("visibility");
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("x"));
        String handle = receive(queue).getFirst().receiptHandle();

        sqs.changeMessageVisibility(change -> change.queueUrl(queue).receiptHandle(handle)
                .visibilityTimeout(600));
        sqs.changeMessageVisibility(change -> change.queueUrl(queue).receiptHandle(handle)
                .visibilityTimeout(0));

        assertThatThrownBy(() -> sqs.changeMessageVisibility(change -> change.queueUrl(queue)
                .receiptHandle(handle).visibilityTimeout(10)))
                .isInstanceOf(MessageNotInflightException.class);
        sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(handle));
        assertThat(receive(queue)).isEmpty();
    }

    @Test
    void sixtyFourConsumersGetEachMessageOnce() throws Exception {
        String queue = queue("crowd");
        int messages = 640;
        for (int i = 0; i < messages; i += 10) {
            int from = i;
            sqs.sendMessageBatch(send -> send.queueUrl(queue).entries(
                    IntStream.range(from, from + 10).mapToObj(SqsMessagesIT::entry).toList()));
        }
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<Callable<Integer>> consumers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            consumers.add(() -> consume(queue, seen));
        }

        int received = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
            for (var consumer : threads.invokeAll(consumers)) {
                received += consumer.get();
            }
        }

        assertThat(seen).hasSize(messages);
        assertThat(received).as("each once").isEqualTo(messages);
    }

    @Test
    void aQuietGroupIsServedWithinTwoReceivesBesideATwoThousandDeepOne() throws Exception {
        assertQuietGroupIsServed("quiet", 2_000);
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void aQuietGroupIsServedWithinTwoReceivesBesideAHundredThousandDeepOne() throws Exception {
        assertQuietGroupIsServed("quieter", 100_000);
    }

    /** By order, not by time: whatever the machine does, one of the next two messages is the quiet group's. */
    private static void assertQuietGroupIsServed(String name, int depth) throws Exception {
        String queue = queue(name);
        List<Callable<Void>> batches = IntStream.range(0, depth / 10)
                .<Callable<Void>>mapToObj(batch -> () -> {
                    assertThat(sqs.sendMessageBatch(send -> send.queueUrl(queue)
                            .entries(IntStream.range(0, 10).mapToObj(
                                    i -> entry(i).toBuilder().messageGroupId("noisy").build())
                                    .toList()))
                            .failed()).isEmpty();
                    return null;
                }).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (var batch : threads.invokeAll(batches)) {
                batch.get();
            }
        }

        for (int i = 0; i < 5; i++) {
            String body = "quiet " + i;
            List<String> next = new ArrayList<>(one(queue));
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody(body)
                    .messageGroupId("quiet"));
            next.addAll(one(queue));
            next.addAll(one(queue));

            assertThat(next).hasSize(3);
            assertThat(next.subList(1, 3)).contains(body);
        }
    }

    private static List<String> one(String queue) {
        return sqs.receiveMessage(from -> from.queueUrl(queue).visibilityTimeout(3_600)).messages()
                .stream().map(Message::body).toList();
    }

    private static int consume(String queue, Set<String> seen) {
        int received = 0;
        while (true) {
            List<Message> some = sqs.receiveMessage(from -> from.queueUrl(queue)
                    .maxNumberOfMessages(3).visibilityTimeout(600)).messages();
            if (some.isEmpty()) {
                return received;
            }
            received += some.size();
            some.forEach(message -> seen.add(message.messageId()));
        }
    }

    private static SendMessageBatchRequestEntry entry(int i) {
        return SendMessageBatchRequestEntry.builder().id("m" + i).messageBody("body " + i).build();
    }

    private static String queue(String name) {
        return sqs.createQueue(create -> create.queueName(name)).queueUrl();
    }

    private static List<Message> receive(String queue) {
        return sqs.receiveMessage(from -> from.queueUrl(queue).maxNumberOfMessages(10)).messages();
    }
}
