package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Messages, and tasks that move them. */
final class SqsMessageActions implements ActionCases {
    /** Longer than any run: what was received stays in flight. */
    private static final int HELD_SECONDS = 3_600;
    private static final String NO_TASK = "ResourceNotFoundException";

    @Override
    public String service() {
        return "SQS";
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return Stream.of(sending(), settling(), moving()).flatMap(List::stream).toList();
    }

    private static List<ActionCase<?, ?>> sending() {
        return List.of(
                ActionCase.of("SendMessage", SqsQueueActions::queue,
                        (sdk, url) -> sdk.sqs()
                                .sendMessage(send -> send.queueUrl(url).messageBody("one")),
                        (sdk, url, sent) -> assertThat(drained(sdk, url))
                                .extracting(Message::messageId).containsExactly(sent.messageId())),
                ActionCase.of("SendMessage to a FIFO queue", SqsMessageActions::fifo,
                        (sdk, url) -> sdk.sqs()
                                .sendMessage(send -> send.queueUrl(url).messageBody("one")
                                        .messageGroupId("g").messageDeduplicationId("d")),
                        (sdk, url, sent) -> assertThat(drained(sdk, url))
                                .extracting(Message::messageId).containsExactly(sent.messageId())),
                ActionCase.of("SendMessageBatch", SqsQueueActions::queue,
                        (sdk, url) -> sdk.sqs()
                                .sendMessageBatch(send -> send.queueUrl(url).entries(entries(3))),
                        (sdk, url, sent) -> {
                            assertThat(sent.failed()).isEmpty();
                            assertThat(drained(sdk, url)).extracting(Message::body)
                                    .containsExactlyInAnyOrder("m0", "m1", "m2");
                        }),
                ActionCase.of("ReceiveMessage", (sdk, id) -> loaded(sdk, id, 1),
                        SqsMessageActions::receive,
                        (sdk, url, received) -> {
                            assertThat(received).extracting(Message::body).containsExactly("m0");
                            assertInFlight(sdk, url, 1);
                        }),
                ActionCase.of("ReceiveMessage by a long poll", SqsQueueActions::queue,
                        (sdk, url) -> sdk.sqs().receiveMessage(
                                from -> from.queueUrl(url).waitTimeSeconds(2)).messages(),
                        (sdk, url, received) -> assertThat(received).isEmpty()));
    }

    private static List<ActionCase<?, ?>> settling() {
        return List.of(
                ActionCase.of("DeleteMessage", (sdk, id) -> Received.of(sdk, id, 1),
                        (sdk, held) -> sdk.sqs().deleteMessage(delete -> delete
                                .queueUrl(held.url()).receiptHandle(held.handle(0))),
                        (sdk, held, done) -> assertInFlight(sdk, held.url(), 0)),
                ActionCase.of("DeleteMessageBatch", (sdk, id) -> Received.of(sdk, id, 3),
                        (sdk, held) -> sdk.sqs().deleteMessageBatch(delete -> delete
                                .queueUrl(held.url()).entries(IntStream.range(0, 3)
                                        .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                                                .id("e" + i).receiptHandle(held.handle(i)).build())
                                        .toList())),
                        (sdk, held, done) -> assertSettled(sdk, held, done.failed())),
                ActionCase.of("ChangeMessageVisibility", (sdk, id) -> Received.of(sdk, id, 1),
                        (sdk, held) -> sdk.sqs().changeMessageVisibility(change -> change
                                .queueUrl(held.url()).receiptHandle(held.handle(0))
                                .visibilityTimeout(0)),
                        (sdk, held, done) -> assertThat(visible(sdk, held.url())).isEqualTo("1")),
                ActionCase.of("ChangeMessageVisibilityBatch",
                        (sdk, id) -> Received.of(sdk, id, 3),
                        (sdk, held) -> sdk.sqs().changeMessageVisibilityBatch(change -> change
                                .queueUrl(held.url()).entries(IntStream.range(0, 3)
                                        .mapToObj(i -> ChangeMessageVisibilityBatchRequestEntry
                                                .builder().id("e" + i)
                                                .receiptHandle(held.handle(i)).visibilityTimeout(0)
                                                .build())
                                        .toList())),
                        (sdk, held, done) -> {
                            assertSettled(sdk, held, done.failed());
                            assertThat(visible(sdk, held.url())).isEqualTo("3");
                        }));
    }

    private static List<ActionCase<?, ?>> moving() {
        return List.of(
                ActionCase.of("ListDeadLetterSourceQueues", DeadLetters::of,
                        (sdk, dead) -> sdk.sqs()
                                .listDeadLetterSourceQueues(list -> list.queueUrl(dead.url())),
                        (sdk, dead, listed) -> assertThat(listed.queueUrls())
                                .containsExactly(dead.source())),
                ActionCase.of("StartMessageMoveTask", DeadLetters::of,
                        (sdk, dead) -> dead.start(sdk),
                        (sdk, dead, handle) -> assertThat(dead.tasks(sdk)).hasSize(1)),
                ActionCase.of("CancelMessageMoveTask", DeadLetters::moving,
                        (sdk, dead) -> sdk.sqs().cancelMessageMoveTask(
                                cancel -> cancel.taskHandle(dead.task())),
                        (sdk, dead, done) -> dead.assertCancelled(sdk))
                        .orAnswers(NO_TASK, (sdk, dead) -> dead.assertCancelled(sdk)),
                ActionCase.of("ListMessageMoveTasks", DeadLetters::moving,
                        (sdk, dead) -> dead.tasks(sdk),
                        (sdk, dead, tasks) -> assertThat(tasks).hasSize(1)));
    }

    static String visible(Sdk sdk, String url) {
        return SqsQueueActions.attribute(sdk, url,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    private static void assertInFlight(Sdk sdk, String url, int count) {
        assertThat(visible(sdk, url)).isEqualTo("0");
        assertThat(SqsQueueActions.attribute(sdk, url,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo(String.valueOf(count));
    }

    private static void assertSettled(Sdk sdk, Received held,
            List<BatchResultErrorEntry> failed) {
        assertThat(failed).isEmpty();
        assertThat(SqsQueueActions.attribute(sdk, held.url(),
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)).isEqualTo("0");
    }

    private static String fifo(Sdk sdk, String name) {
        return sdk.sqs().createQueue(create -> create.queueName(name + ".fifo")
                .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true"))).queueUrl();
    }

    /** A queue with so many messages. */
    private static String loaded(Sdk sdk, String name, int messages) {
        String url = SqsQueueActions.queue(sdk, name);
        sdk.sqs().sendMessageBatch(send -> send.queueUrl(url).entries(entries(messages)));
        return url;
    }

    private static List<SendMessageBatchRequestEntry> entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> SendMessageBatchRequestEntry.builder()
                .id("e" + i).messageBody("m" + i).build()).toList();
    }

    private static List<Message> receive(Sdk sdk, String url) {
        return sdk.sqs().receiveMessage(from -> from.queueUrl(url).maxNumberOfMessages(10)
                .visibilityTimeout(HELD_SECONDS)).messages();
    }

    /** All messages of a queue at rest. */
    private static List<Message> drained(Sdk sdk, String url) {
        List<Message> all = new ArrayList<>();
        for (List<Message> some = receive(sdk, url); !some.isEmpty(); some = receive(sdk, url)) {
            all.addAll(some);
        }
        return all;
    }

    /** A queue whose messages were all received. */
    private record Received(String url, List<Message> messages) {
        static Received of(Sdk sdk, String name, int count) {
            String url = loaded(sdk, name, count);
            return new Received(url, drained(sdk, url));
        }

        String handle(int message) {
            return messages.get(message).receiptHandle();
        }
    }

    /**
     * A dead-letter queue with messages that are moved one a second, so that a task lasts.
     *
     * @param source whose dead letters these are
     * @param task the handle of the task that runs, or empty
     */
    private record DeadLetters(String url, String arn, String source, String task) {
        private static final int MESSAGES = 10;

        static DeadLetters of(Sdk sdk, String name) {
            String url = loaded(sdk, name, MESSAGES);
            String arn = SqsQueueActions.attribute(sdk, url, QueueAttributeName.QUEUE_ARN);
            String source = sdk.sqs().createQueue(create -> create.queueName(name + "-source")
                    .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY,
                            "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":1}")))
                    .queueUrl();
            return new DeadLetters(url, arn, source, "");
        }

        static DeadLetters moving(Sdk sdk, String name) {
            DeadLetters dead = of(sdk, name);
            return new DeadLetters(dead.url, dead.arn, dead.source, dead.start(sdk));
        }

        String start(Sdk sdk) {
            String to = SqsQueueActions.attribute(sdk, source, QueueAttributeName.QUEUE_ARN);
            return sdk.sqs().startMessageMoveTask(move -> move.sourceArn(arn).destinationArn(to)
                    .maxNumberOfMessagesPerSecond(1)).taskHandle();
        }

        List<ListMessageMoveTasksResultEntry> tasks(Sdk sdk) {
            return sdk.sqs().listMessageMoveTasks(list -> list.sourceArn(arn).maxResults(10))
                    .results();
        }

        void assertCancelled(Sdk sdk) {
            assertThat(tasks(sdk)).singleElement().satisfies(
                    task -> assertThat(task.status()).isIn("CANCELLING", "CANCELLED"));
        }
    }
}
