package io.quorate.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sqs.SqsEndpoint.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendAndReceiveTest {
    private final QueueStore store = new QueueStore();
    private final SqsEndpoint sqs = new SqsEndpoint(store).withQueue();

    @Test
    void aMessageIsReceivedAsItWasSent() {
        sqs.jobs("SendMessage", "\"MessageBody\":\"h\\u00e9llo \\ud83d\\ude00\"");

        Answer received = sqs.jobs("ReceiveMessage", "");

        assertThat(received.status()).isEqualTo(200);
        assertThat(received.text("Body")).isEqualTo("héllo 😀");
        // md5sum of the UTF-8 bytes.
        assertThat(received.text("MD5OfBody")).isEqualTo("207dd4f0cd7a4f13b4932646cd1f8f2b");
    }

    @Test
    void anEmptyQueueAnswersWithoutMessages() {
        assertThat(sqs.jobs("ReceiveMessage", "").body()).isEqualTo("{}");
    }

    @Test
    void aReceivedMessageIsHiddenForTheVisibilityTimeout() {
        send("one");
        sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":10");

        store.pass(Duration.ofMillis(9_999));
        assertThat(sqs.jobs("ReceiveMessage", "").body()).isEqualTo("{}");
        store.pass(Duration.ofMillis(1));
        assertThat(sqs.jobs("ReceiveMessage", "").text("Body")).isEqualTo("one");
    }

    @Test
    void theQueuesOwnTimeoutHoldsUnlessTheReceiverSaysOtherwise() {
        send("one");
        sqs.jobs("ReceiveMessage", "");

        store.pass(Duration.ofSeconds(29));
        assertThat(sqs.jobs("ReceiveMessage", "").body()).isEqualTo("{}");
        store.pass(Duration.ofSeconds(1));
        assertThat(sqs.jobs("ReceiveMessage", "").text("Body")).isEqualTo("one");
    }

    @Test
    void aTimeoutOfZeroLeavesTheMessageVisible() {
        send("one");

        sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":0");
        Answer again = sqs.jobs("ReceiveMessage",
                "\"VisibilityTimeout\":0,\"AttributeNames\":[\"All\"]");

        assertThat(again.text("ApproximateReceiveCount")).isEqualTo("2");
    }

    @Test
    void aDelayHidesAMessageFromEverybody() {
        sqs.jobs("SendMessage", "\"MessageBody\":\"later\",\"DelaySeconds\":5");

        assertThat(sqs.jobs("ReceiveMessage", "").body()).isEqualTo("{}");
        store.pass(Duration.ofSeconds(5));
        assertThat(sqs.jobs("ReceiveMessage", "").text("Body")).isEqualTo("later");
    }

    @Test
    void theQueuesDelayHoldsUnlessTheSenderSaysOtherwise() {
        var other = new QueueStore();
        SqsEndpoint delayed = new SqsEndpoint(other).withQueue("DelaySeconds=60");
        delayed.jobs("SendMessage", "\"MessageBody\":\"later\"");
        delayed.jobs("SendMessage", "\"MessageBody\":\"now\",\"DelaySeconds\":0");

        Answer received = delayed.jobs("ReceiveMessage", "\"MaxNumberOfMessages\":10");

        assertThat(received.body()).contains("now").doesNotContain("later");
    }

    @Test
    void aMessagePastItsRetentionIsRemovedNotDelivered() {
        var other = new QueueStore();
        SqsEndpoint brief = new SqsEndpoint(other).withQueue("MessageRetentionPeriod=60");
        int rows = other.rowCount();
        brief.jobs("SendMessage", "\"MessageBody\":\"old\"");

        other.pass(Duration.ofSeconds(60));

        assertThat(brief.jobs("ReceiveMessage", "").body()).isEqualTo("{}");
        assertThat(other.rowCount()).isEqualTo(rows);
    }

    @Test
    void manyExpiredMessagesDoNotHideTheOneBehindThem() {
        var other = new QueueStore();
        SqsEndpoint brief = new SqsEndpoint(other).withQueue("MessageRetentionPeriod=60");
        for (int i = 0; i < 250; i++) {
            brief.jobs("SendMessage", "\"MessageBody\":\"old\"");
        }
        other.pass(Duration.ofSeconds(60));
        brief.jobs("SendMessage", "\"MessageBody\":\"fresh\"");

        assertThat(brief.jobs("ReceiveMessage", "").text("Body")).isEqualTo("fresh");
    }

    @Test
    void noMoreThanAskedForAreReceived() {
        for (int i = 0; i < 12; i++) {
            send("m" + i);
        }

        assertThat(count(sqs.jobs("ReceiveMessage", ""))).isEqualTo(1);
        assertThat(count(sqs.jobs("ReceiveMessage", "\"MaxNumberOfMessages\":10"))).isEqualTo(10);
        assertThat(count(sqs.jobs("ReceiveMessage", "\"MaxNumberOfMessages\":10"))).isEqualTo(1);
    }

    @Test
    void aDeletedMessageIsGoneForGood() {
        int rows = store.rowCount();
        send("one");
        Answer received = sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":1");

        Answer deleted = delete(received.text("ReceiptHandle"));
        store.pass(Duration.ofSeconds(1));

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(sqs.jobs("ReceiveMessage", "").body()).isEqualTo("{}");
        assertThat(store.rowCount()).isEqualTo(rows);
    }

    @Test
    void aReceiptStillDeletesAfterTheTimeoutUntilSomebodyElseReceives() {
        send("one");
        Answer received = sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":1");
        store.pass(Duration.ofSeconds(2));

        delete(received.text("ReceiptHandle"));

        assertThat(sqs.jobs("ReceiveMessage", "").body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStaleReceiptDeletesNothing(int visibilitySeconds) {
        send("one");
        String timeout = "\"VisibilityTimeout\":" + visibilitySeconds;
        String stale = sqs.jobs("ReceiveMessage", timeout).text("ReceiptHandle");
        store.pass(Duration.ofSeconds(visibilitySeconds));
        sqs.jobs("ReceiveMessage", timeout);

        assertThat(delete(stale).status()).isEqualTo(200);

        store.pass(Duration.ofSeconds(visibilitySeconds));
        assertThat(sqs.jobs("ReceiveMessage", "").text("Body")).isEqualTo("one");
    }

    @Test
    void deletingTwiceIsNoError() {
        send("one");
        String receipt = sqs.jobs("ReceiveMessage", "").text("ReceiptHandle");

        delete(receipt);

        assertThat(delete(receipt).status()).isEqualTo(200);
    }

    @Test
    void aMessageDeletedWhileItIsReceivedIsSkipped() {
        send("doomed");
        send("other");
        String receipt = sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":0")
                .text("ReceiptHandle");
        store.elect();
        store.afterNextPeek(() -> delete(receipt));

        Answer received = sqs.jobs("ReceiveMessage", "\"MaxNumberOfMessages\":10");

        assertThat(received.status()).isEqualTo(200);
        assertThat(count(received)).isEqualTo(1);
    }

    @Test
    void aRepeatedSendStoresOneMessage() {
        sqs.invocation("a");
        String first = sqs.jobs("SendMessage", "\"MessageBody\":\"one\"").text("MessageId");

        String second = sqs.jobs("SendMessage", "\"MessageBody\":\"one\"").text("MessageId");

        assertThat(second).isEqualTo(first);
        assertThat(count(sqs.jobs("ReceiveMessage", "\"MaxNumberOfMessages\":10"))).isEqualTo(1);
    }

    @Test
    void systemAttributesTellWhenAndHowOften() {
        send("one");
        store.pass(Duration.ofSeconds(3));
        sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":0");
        store.pass(Duration.ofSeconds(4));

        Answer received = sqs.jobs("ReceiveMessage",
                "\"MessageSystemAttributeNames\":[\"All\"]");

        long sent = QueueStore.START_MILLIS;
        assertThat(received.text("SentTimestamp")).isEqualTo(Long.toString(sent));
        assertThat(received.text("ApproximateFirstReceiveTimestamp"))
                .isEqualTo(Long.toString(sent + 3_000));
        assertThat(received.text("ApproximateReceiveCount")).isEqualTo("2");
        assertThat(received.text("SenderId")).isEqualTo("000000000000");
    }

    @Test
    void onlyTheAttributesAskedForAreShown() {
        sqs.jobs("SendMessage", "\"MessageBody\":\"one\",\"MessageAttributes\":{"
                + "\"trace.id\":{\"DataType\":\"String\",\"StringValue\":\"x\"},"
                + "\"other\":{\"DataType\":\"Number\",\"StringValue\":\"1\"}}");

        Answer none = sqs.jobs("ReceiveMessage", "\"VisibilityTimeout\":0");
        Answer some = sqs.jobs("ReceiveMessage",
                "\"VisibilityTimeout\":0,\"MessageAttributeNames\":[\"trace.*\"]");

        assertThat(none.body()).doesNotContain("MessageAttributes", "\"Attributes\"");
        assertThat(some.body()).contains("trace.id").doesNotContain("other");
    }

    private void send(String body) {
        assertThat(sqs.jobs("SendMessage", "\"MessageBody\":\"" + body + "\"").status())
                .isEqualTo(200);
    }

    private Answer delete(String receipt) {
        return sqs.jobs("DeleteMessage", "\"ReceiptHandle\":\"" + receipt + "\"");
    }

    private static int count(Answer received) {
        return received.body().split("\"MessageId\"", -1).length - 1;
    }
}
