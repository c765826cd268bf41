package io.quorate.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sqs.SqsEndpoint.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Standard queues over changes of leader, large backlogs, many groups, and the passing of time. */
class QueueEngineTest {
    private final QueueStore store = new QueueStore();
    private final SqsEndpoint sqs = new SqsEndpoint(store).withQueue();

    @Test
    void receiptsOutliveAChangeOfLeaderAndGoStaleOnReceive() {
        sqs.jobs("SendMessage", "\"MessageBody\":\"x\"");
        String first = sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":5")
                .text("ReceiptHandle");
        store.elect();
        store.pass(Duration.ofSeconds(5));
        String second = sqs.jobs("ReceiveMessage", "").text("ReceiptHandle");

        delete(first);
        assertThat(counts()).isEqualTo("0/1/0");
        store.elect();
        delete(second);
        assertThat(counts()).isEqualTo("0/0/0");
    }

    @Test
    void aBacklogLargerThanTheWindowIsReceivedWholeAndOnce() {
        int messages = 6_000;
        for (int i = 0; i < messages; i += 10) {
            batch(i, "");
        }

        assertThat(drain()).hasSize(messages).doesNotHaveDuplicates();
        assertThat(counts()).isEqualTo("0/0/0");
    }

    @Test
    void aNewLeaderFindsWhatIsReadyInFlightAndDelayed() {
        for (int i = 0; i < 100; i += 10) {
            batch(i, "");
        }
        sqs.jobs("SendMessage", "\"MessageBody\":\"later\",\"DelaySeconds\":60");
        receive(10, 30);
        store.elect();
        assertThat(counts()).isEqualTo("90/10/1");

        Set<String> ready = new HashSet<>(drain());
        store.elect();
        store.pass(Duration.ofSeconds(30));
        Set<String> returned = new HashSet<>(drain());
        store.elect();
        store.pass(Duration.ofSeconds(30));

        assertThat(ready).hasSize(90);
        assertThat(returned).hasSize(10).doesNotContainAnyElementsOf(ready);
        assertThat(drain()).containsExactly("later");
    }

    @Test
    void theBacklogOfANoisyGroupDoesNotDelayAQuietOne() {
        for (int i = 0; i < 5_000; i += 10) {
            batch(i, ",\"MessageGroupId\":\"noisy\"");
        }
        store.elect();
        receive(10, 30);
        sqs.jobs("SendMessage", "\"MessageBody\":\"quiet\",\"MessageGroupId\":\"quiet\"");

        List<String> next = new ArrayList<>(receive(10, 30));
        next.addAll(receive(10, 30));

        assertThat(next).hasSize(20).contains("quiet");
    }

    @Test
    void moreGroupsThanFitInMemoryAreAllServed() {
        int groups = 2_500;
        for (int i = 0; i < groups; i++) {
            sqs.jobs("SendMessage",
                    "\"MessageBody\":\"m" + i + "\",\"MessageGroupId\":\"g" + i + "\"");
        }
        store.elect();

        assertThat(drain()).hasSize(groups).doesNotHaveDuplicates();
    }

    @Test
    void countsAreExactWhileTimePasses() {
        for (int i = 0; i < 30; i += 10) {
            batch(i, ",\"DelaySeconds\":10");
        }
        assertThat(counts()).isEqualTo("0/0/30");
        store.pass(Duration.ofSeconds(10));
        assertThat(counts()).isEqualTo("30/0/0");
        receive(10, 20);
        receive(5, 0);
        assertThat(counts()).isEqualTo("20/10/0");
        store.pass(Duration.ofSeconds(20));
        receive(3, 20);
        assertThat(counts()).isEqualTo("27/3/0");
    }

    @Test
    void expiredMessagesAreRemovedThoughNobodyReceives() {
        sqs.jobs("SetQueueAttributes",
                "\"Attributes\":{\"MessageRetentionPeriod\":\"60\",\"VisibilityTimeout\":\"300\"}");
        int rows = store.rowCount();
        for (int i = 0; i < 1_000; i += 10) {
            batch(i, ",\"MessageGroupId\":\"g" + i % 7 + "\"");
        }
        receive(10, 300);

        store.pass(Duration.ofMinutes(1));
        sqs.upkeep();

        assertThat(counts()).isEqualTo("0/0/0");
        store.pass(Duration.ofMinutes(5));
        sqs.upkeep();
        assertThat(store.rowCount()).isEqualTo(rows);
    }

    @Test
    void whatWasPurgedIsGoneAtOnceAndRemovedLater() {
        int rows = store.rowCount();
        for (int i = 0; i < 1_000; i += 10) {
            batch(i, "");
        }
        String handle = sqs.jobs("ReceiveMessage", "").text("ReceiptHandle");

        assertThat(sqs.jobs("PurgeQueue", "").status()).isEqualTo(200);
        assertThat(counts()).isEqualTo("0/0/0");
        assertThat(receive(10, 30)).isEmpty();
        delete(handle);
        sqs.upkeep();

        assertThat(store.rowCount()).isEqualTo(rows);
        assertThat(sqs.jobs("PurgeQueue", "").text("__type"))
                .isEqualTo("com.amazonaws.sqs#PurgeQueueInProgress");
    }

    @Test
    void aDeletedQueueLeavesNothing() {
        for (int i = 0; i < 100; i += 10) {
            batch(i, "");
        }

        assertThat(sqs.jobs("DeleteQueue", "").status()).isEqualTo(200);
        sqs.upkeep();
        sqs.upkeep();

        assertThat(store.rowCount()).isZero();
    }

    @Test
    void changedRetentionHoldsForMessagesThatAreThere() {
        batch(0, "");
        store.pass(Duration.ofSeconds(100));
        sqs.jobs("SetQueueAttributes", "\"Attributes\":{\"MessageRetentionPeriod\":\"60\"}");

        assertThat(receive(10, 30)).isEmpty();
    }

    private void batch(int from, String members) {
        StringBuilder entries = new StringBuilder();
        for (int i = from; i < from + 10; i++) {
            entries.append(i == from ? "" : ",").append("{\"Id\":\"e").append(i)
                    .append("\",\"MessageBody\":\"m").append(i).append("\"").append(members)
                    .append("}");
        }
        assertThat(sqs.jobs("SendMessageBatch", "\"Entries\":[" + entries + "]").status())
                .isEqualTo(200);
    }

    private List<String> receive(int max, int visibility) {
        return all(sqs.jobs("ReceiveMessage", "\"MaxNumberOfMessages\":" + max
                + ",\"VisibilityTimeout\":" + visibility), "Body");
    }

    /** Receives and deletes until there is nothing. */
    private List<String> drain() {
        List<String> bodies = new ArrayList<>();
        while (true) {
            Answer some = sqs.jobs("ReceiveMessage", "\"MaxNumberOfMessages\":10");
            List<String> found = all(some, "Body");
            if (found.isEmpty()) {
                return bodies;
            }
            bodies.addAll(found);
            all(some, "ReceiptHandle").forEach(this::delete);
        }
    }

    private void delete(String handle) {
        assertThat(sqs.jobs("DeleteMessage", "\"ReceiptHandle\":\"" + handle + "\"").status())
                .isEqualTo(200);
    }

    private String counts() {
        Answer shown = sqs.jobs("GetQueueAttributes", "\"AttributeNames\":[\"All\"]");
        return shown.text("ApproximateNumberOfMessages") + "/"
                + shown.text("ApproximateNumberOfMessagesNotVisible") + "/"
                + shown.text("ApproximateNumberOfMessagesDelayed");
    }

    private static List<String> all(Answer answer, String name) {
        return Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body()).results()
                .map(result -> result.group(1)).toList();
    }
}
