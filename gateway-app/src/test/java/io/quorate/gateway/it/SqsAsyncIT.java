package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.batchmanager.SqsAsyncBatchManager;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The SDK's asynchronous client, and its batch manager, which gathers single calls into batches and receives ahead. */
@Timeout(180)
class SqsAsyncIT {
    private static final int MESSAGES = 45;

    @TempDir
    static Path data;

    private static RunningServer server;
    private static SqsAsyncClient sqs;

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        sqs = server.clients().sqsAsync();
    }

    @AfterAll
    static void stop() {
        sqs.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "many.fifo"})
    void callsAtTheSameTimeAreAllAnswered(String name) {
        String queue = queue(name);
        List<String> sent = join(IntStream.range(0, MESSAGES).mapToObj(i -> sqs
                .sendMessage(send -> {
                    send.queueUrl(queue).messageBody("m" + i);
                    if (name.endsWith(".fifo")) {
                        send.messageGroupId("g" + i % 5).messageDeduplicationId("d" + i);
                    }
                }))).stream().map(SendMessageResponse::messageId).toList();

        List<String> received = new ArrayList<>();
        while (received.size() < MESSAGES) {
            List<Message> some = sqs.receiveMessage(from -> from.queueUrl(queue)
                    .maxNumberOfMessages(10).waitTimeSeconds(20)).join().messages();
            some.forEach(message -> received.add(message.messageId()));
            var unused = join(some.stream().map(message -> sqs.deleteMessage(
                    delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()))));
        }

        assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(left(queue)).isEqualTo("0/0");
    }

    @Test
    void theBatchManagerSendsReceivesAndDeletes() {
        String queue = queue("gathered");
        try (SqsAsyncBatchManager batches = sqs.batchManager()) {
            List<String> sent = join(IntStream.range(0, MESSAGES)
                    .mapToObj(i -> batches
                            .sendMessage(send -> send.queueUrl(queue).messageBody("m" + i))))
                    .stream().map(SendMessageResponse::messageId).toList();

            List<String> received = new ArrayList<>();
            while (received.size() < MESSAGES) {
                List<Message> some = batches.receiveMessage(
                        from -> from.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(5))
                        .join().messages();
                some.forEach(message -> received.add(message.messageId()));
                var unused = join(some.stream().map(message -> batches.deleteMessage(
                        delete -> delete.queueUrl(queue)
                                .receiptHandle(message.receiptHandle()))));
            }

            assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
        }
        assertThat(left(queue)).isEqualTo("0/0");
    }

    @Test
    void theBatchManagerTellsWhoseEntryFailed() {
        String queue = queue("gathered-wrong");
        try (SqsAsyncBatchManager batches = sqs.batchManager()) {
            CompletableFuture<SendMessageResponse> good = batches
                    .sendMessage(send -> send.queueUrl(queue).messageBody("good"));
            CompletableFuture<SendMessageResponse> bad = batches
                    .sendMessage(send -> send.queueUrl(queue).messageBody("\u0001"));

            assertThat(good.join().md5OfMessageBody())
                    .isEqualTo("755f85c2723bb39381c7379a604160d8");
            assertThatThrownBy(bad::join).isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(SqsException.class)
                    .hasMessageContaining("Invalid characters found.");
        }
    }

    @Test
    void errorsAreTheSdksOwnExceptions() {
        assertThatThrownBy(() -> sqs.receiveMessage(from -> from
                .queueUrl(server.clients().endpoint() + "/000000000000/none")).join())
                .hasCauseInstanceOf(QueueDoesNotExistException.class);
    }

    private static <T> List<T> join(Stream<CompletableFuture<T>> calls) {
        return calls.toList().stream().map(CompletableFuture::join).toList();
    }

    private static String queue(String name) {
        return sqs.createQueue(create -> create.queueName(name)
                .attributes(name.endsWith(".fifo")
                        ? Map.of(QueueAttributeName.FIFO_QUEUE, "true")
                        : Map.of()))
                .join().queueUrl();
    }

    private static String left(String queue) {
        Map<QueueAttributeName, String> shown = sqs
                .getQueueAttributes(ask -> ask.queueUrl(queue)
                        .attributeNames(QueueAttributeName.ALL))
                .join().attributes();
        return shown.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES) + "/" + shown
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }
}
