package io.quorate.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sqs.SqsEndpoint.Answer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead-letter queues and move tasks. */
class DeadLetterTest {
    private static final String ARN = "arn:aws:sqs:eu-central-1:000000000000:";
    private static final String BASE = "http://localhost:4566/000000000000/";

    private final QueueStore store = new QueueStore();
    private final SqsEndpoint sqs = new SqsEndpoint(store);

    @BeforeEach
    void queues() {
        create("dead", "");
        create("source", "\"RedrivePolicy\":" + redrive("dead", 2) + ",");
    }

    @Test
    void aMessageReceivedTooOftenMovesWithItsIdAndOrigin() {
        String id = send("source", "poison").text("MessageId");

        receive("source");
        receive("source");
        Answer third = receive("source");
        Answer dead = receive("dead");

        assertThat(third.body()).isEqualTo("{}");
        assertThat(dead.text("MessageId")).isEqualTo(id);
        assertThat(dead.text("DeadLetterQueueSourceArn")).isEqualTo(ARN + "source");
        assertThat(dead.text("ApproximateReceiveCount")).isEqualTo("3");
        assertThat(count("source")).isEqualTo("0");
    }

    @Test
    void othersAreReceivedWhileOneMoves() {
        send("source", "poison");
        receive("source");
        receive("source");
        send("source", "fine");

        assertThat(receive("source").text("Body")).isEqualTo("fine");
        assertThat(receive("dead").text("Body")).isEqualTo("poison");
    }

    @Test
    void sourcesAreListedWithTheirDeadLetterQueue() {
        Answer listed = call("ListDeadLetterSourceQueues", "dead", "");

        assertThat(listed.body())
                .isEqualTo("{\"queueUrls\":[\"" + BASE + "source\"]}");
        assertThat(call("ListDeadLetterSourceQueues", "source", "").body())
                .isEqualTo("{\"queueUrls\":[]}");
    }

    @Test
    void aTaskMovesMessagesBackToWhereTheyCameFrom() {
        for (int i = 0; i < 25; i++) {
            send("source", "m" + i);
        }
        for (int i = 0; i < 12; i++) {
            receiveAll("source");
        }
        assertThat(count("dead")).isEqualTo("25");

        Answer started = sqs.json("StartMessageMoveTask",
                "{\"SourceArn\":\"" + ARN + "dead\"}");
        sqs.upkeep();
        Answer listed = sqs.json("ListMessageMoveTasks", "{\"SourceArn\":\"" + ARN + "dead\"}");

        assertThat(started.status()).isEqualTo(200);
        assertThat(listed.text("Status")).isEqualTo("COMPLETED");
        assertThat(listed.body()).contains("\"ApproximateNumberOfMessagesMoved\":25",
                "\"ApproximateNumberOfMessagesToMove\":25");
        assertThat(count("dead")).isEqualTo("0");
        assertThat(count("source")).isEqualTo("25");
        assertThat(receive("source").text("ApproximateReceiveCount")).isEqualTo("1");
    }

    @Test
    void aTaskKeepsItsVelocityAndCanBeCancelled() {
        for (int i = 0; i < 20; i++) {
            send("dead", "m" + i);
        }
        Answer started = sqs.json("StartMessageMoveTask", "{\"SourceArn\":\"" + ARN
                + "dead\",\"DestinationArn\":\"" + ARN + "source\","
                + "\"MaxNumberOfMessagesPerSecond\":3}");
        sqs.upkeep();
        sqs.upkeep();
        Answer busy = sqs.json("StartMessageMoveTask", "{\"SourceArn\":\"" + ARN + "dead\"}");
        Answer cancelled = sqs.json("CancelMessageMoveTask",
                "{\"TaskHandle\":\"" + started.text("TaskHandle") + "\"}");
        sqs.upkeep();

        assertThat(busy.text("__type")).endsWith("#UnsupportedOperation");
        assertThat(cancelled.body()).isEqualTo("{\"ApproximateNumberOfMessagesMoved\":3}");
        assertThat(sqs.json("ListMessageMoveTasks", "{\"SourceArn\":\"" + ARN + "dead\"}")
                .text("Status")).isEqualTo("CANCELLED");
        assertThat(count("source")).isEqualTo("3");
        assertThat(sqs.json("CancelMessageMoveTask",
                "{\"TaskHandle\":\"" + started.text("TaskHandle") + "\"}").text("__type"))
                .endsWith("#ResourceNotFoundException");
    }

    @Test
    void onlyADeadLetterQueueCanBeMovedFrom() {
        assertThat(sqs.json("StartMessageMoveTask", "{\"SourceArn\":\"" + ARN + "source\"}")
                .text("__type")).endsWith("#UnsupportedOperation");
        assertThat(sqs.json("StartMessageMoveTask", "{\"SourceArn\":\"" + ARN + "none\"}")
                .text("__type")).endsWith("#ResourceNotFoundException");
    }

    @ParameterizedTest
    @CsvSource({"none,3", "dead,0", "dead,1001", "line.fifo,3", "closed,3"})
    void aPolicyThatCannotWorkIsRefused(String target, int count) {
        create("closed", "\"RedriveAllowPolicy\":\"{\\\"redrivePermission\\\":\\\"denyAll\\\"}\",");
        create("line.fifo", "\"FifoQueue\":\"true\",");

        Answer answer = call("SetQueueAttributes", "source",
                ",\"Attributes\":{\"RedrivePolicy\":" + redrive(target, count) + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("__type")).endsWith("#InvalidParameterValueException");
    }

    private static String redrive(String target, int count) {
        return "\"{\\\"deadLetterTargetArn\\\":\\\"" + ARN + target
                + "\\\",\\\"maxReceiveCount\\\":" + count + "}\"";
    }

    private void create(String name, String attributes) {
        assertThat(sqs.json("CreateQueue", "{\"QueueName\":\"" + name + "\",\"Attributes\":{"
                + attributes + "\"MessageRetentionPeriod\":\"600\"}}").status()).isEqualTo(200);
    }

    private Answer send(String queue, String body) {
        return call("SendMessage", queue, ",\"MessageBody\":\"" + body + "\"");
    }

    private Answer receive(String queue) {
        return call("ReceiveMessage", queue,
                ",\"VisibilityTimeout\":0,\"AttributeNames\":[\"All\"]");
    }

    private List<String> receiveAll(String queue) {
        Answer some = call("ReceiveMessage", queue,
                ",\"VisibilityTimeout\":0,\"MaxNumberOfMessages\":10");
        return Pattern.compile("\"Body\":\"([^\"]*)\"").matcher(some.body()).results()
                .map(result -> result.group(1)).toList();
    }

    private String count(String queue) {
        return call("GetQueueAttributes", queue, ",\"AttributeNames\":[\"All\"]")
                .text("ApproximateNumberOfMessages");
    }

    private Answer call(String action, String queue, String members) {
        return sqs.json(action, "{\"QueueUrl\":\"" + BASE + queue + "\"" + members + "}");
    }
}
