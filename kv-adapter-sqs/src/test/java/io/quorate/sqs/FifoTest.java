package io.quorate.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sqs.SqsEndpoint.Answer;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** FIFO queues: order by group, closed groups, deduplication. */
class FifoTest {
    private static final String URL = "http://localhost:4566/000000000000/line.fifo";

    private final QueueStore store = new QueueStore();
    private final SqsEndpoint sqs = new SqsEndpoint(store);

    @Test
    void aGroupIsInOrderAndClosedWhileOneOfItsMessagesIsInFlight() {
        create("");
        send("a", "a1", "1");
        send("a", "a2", "2");
        send("b", "b1", "3");

        Answer first = receive(1, "");
        Answer second = receive(10, "");
        Answer third = receive(10, "");
        delete(first.text("ReceiptHandle"));
        Answer fourth = receive(10, "");

        assertThat(bodies(first)).containsExactly("a1");
        assertThat(bodies(second)).containsExactly("b1");
        assertThat(bodies(third)).isEmpty();
        assertThat(bodies(fourth)).containsExactly("a2");
    }

    @Test
    void aMessageThatComesBackIsFirstAgain() {
        create("");
        for (int i = 1; i <= 5; i++) {
            send("a", "a" + i, "id" + i);
        }
        List<String> taken = bodies(receive(3, "\"VisibilityTimeout\":10,"));
        store.pass(Duration.ofSeconds(10));

        assertThat(taken).containsExactly("a1", "a2", "a3");
        assertThat(bodies(receive(10, ""))).containsExactly("a1", "a2", "a3", "a4", "a5");
    }

    @Test
    void aNewLeaderKeepsOrderAndClosedGroups() {
        create("");
        send("a", "a1", "1");
        send("a", "a2", "2");
        Answer first = receive(1, "");
        store.elect();

        assertThat(bodies(receive(10, ""))).isEmpty();
        send("a", "a3", "3");
        delete(first.text("ReceiptHandle"));
        assertThat(bodies(receive(10, ""))).containsExactly("a2", "a3");
    }

    @Test
    void sequenceNumbersRiseAcrossLeaders() {
        create("");
        String one = send("a", "a1", "1").text("SequenceNumber");
        store.elect();
        String two = send("a", "a2", "2").text("SequenceNumber");

        assertThat(one).hasSize(20).isLessThan(two);
        assertThat(receive(1, "\"AttributeNames\":[\"All\"],").text("SequenceNumber"))
                .isEqualTo(one);
    }

    @Test
    void aDuplicateIsAnsweredAsTheFirstForFiveMinutes() {
        create("");
        String first = send("a", "x", "same").text("MessageId");
        delete(receive(1, "").text("ReceiptHandle"));

        String second = send("b", "y", "same").text("MessageId");
        Answer between = receive(10, "");
        store.pass(Duration.ofMinutes(5));
        String third = send("a", "z", "same").text("MessageId");

        assertThat(second).isEqualTo(first);
        assertThat(bodies(between)).isEmpty();
        assertThat(third).isNotEqualTo(first);
        assertThat(bodies(receive(10, ""))).containsExactly("z");
    }

    @Test
    void contentIsAnIdIfTheQueueSaysSo() {
        create(",\"ContentBasedDeduplication\":\"true\"");
        String first = send("a", "x", "").text("MessageId");

        assertThat(send("a", "x", "").text("MessageId")).isEqualTo(first);
        assertThat(send("a", "y", "").text("MessageId")).isNotEqualTo(first);
    }

    @Test
    void idsAreComparedWithinAGroupIfTheQueueSaysSo() {
        create(",\"DeduplicationScope\":\"messageGroup\","
                + "\"FifoThroughputLimit\":\"perMessageGroupId\"");

        assertThat(send("a", "x", "same").text("MessageId"))
                .isNotEqualTo(send("b", "x", "same").text("MessageId"));
    }

    @Test
    void aMessageNeedsAGroupAndAnIdAndNoDelay() {
        create("");

        assertThat(send("", "x", "1").text("__type")).endsWith("MissingRequiredParameterException");
        assertThat(send("a", "x", "").text("message")).contains("ContentBasedDeduplication");
        assertThat(json("SendMessage", "\"MessageBody\":\"x\",\"MessageGroupId\":\"a\","
                + "\"MessageDeduplicationId\":\"1\",\"DelaySeconds\":5").status()).isEqualTo(400);
    }

    @Test
    void anAttemptThatIsRepeatedGetsTheSameMessages() {
        create("");
        send("a", "a1", "1");
        send("a", "a2", "2");
        String attempt = "\"ReceiveRequestAttemptId\":\"try\",";

        Answer first = receive(1, attempt);
        Answer repeated = receive(1, attempt);
        delete(first.text("ReceiptHandle"));
        Answer after = receive(1, attempt);

        assertThat(repeated.text("ReceiptHandle")).isEqualTo(first.text("ReceiptHandle"));
        assertThat(bodies(after)).containsExactly("a2");
    }

    @Test
    void anExpiredHandleDeletesNothing() {
        create("");
        send("a", "a1", "1");
        String handle = receive(1, "\"VisibilityTimeout\":1,").text("ReceiptHandle");
        store.pass(Duration.ofSeconds(1));

        Answer answer = delete(handle);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains("The receipt handle has expired");
        assertThat(bodies(receive(1, ""))).containsExactly("a1");
    }

    @Test
    void manyGroupsAreReceivedEachInOrder() {
        create("");
        for (int i = 0; i < 300; i++) {
            send("g" + i % 30, "m" + i, "id" + i);
        }
        store.elect();
        int received = 0;
        int[] next = new int[30];
        for (Answer some = receive(10, ""); !bodies(some).isEmpty(); some = receive(10, "")) {
            for (String body : bodies(some)) {
                int number = Integer.parseInt(body.substring(1));
                assertThat(number / 30).isEqualTo(next[number % 30]++);
                received++;
            }
            handles(some).forEach(this::delete);
        }

        assertThat(received).isEqualTo(300);
    }

    private void create(String attributes) {
        assertThat(sqs.json("CreateQueue", "{\"QueueName\":\"line.fifo\",\"Attributes\":{"
                + "\"FifoQueue\":\"true\"" + attributes + "}}").status()).isEqualTo(200);
    }

    private Answer send(String group, String body, String id) {
        return json("SendMessage", "\"MessageBody\":\"" + body + "\""
                + (group.isEmpty() ? "" : ",\"MessageGroupId\":\"" + group + "\"")
                + (id.isEmpty() ? "" : ",\"MessageDeduplicationId\":\"" + id + "\""));
    }

    private Answer receive(int max, String members) {
        return json("ReceiveMessage", members + "\"MaxNumberOfMessages\":" + max);
    }

    private Answer delete(String handle) {
        return json("DeleteMessage", "\"ReceiptHandle\":\"" + handle + "\"");
    }

    private Answer json(String action, String members) {
        return sqs.json(action, "{\"QueueUrl\":\"" + URL + "\"," + members + "}");
    }

    private static List<String> bodies(Answer answer) {
        return all(answer, "Body");
    }

    private static List<String> handles(Answer answer) {
        return all(answer, "ReceiptHandle");
    }

    private static List<String> all(Answer answer, String name) {
        return Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body()).results()
                .map((MatchResult result) -> result.group(1)).toList();
    }
}
