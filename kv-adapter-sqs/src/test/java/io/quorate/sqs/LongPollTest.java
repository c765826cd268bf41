package io.quorate.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.DeadlineOrigin;
import io.quorate.kv.KvFailure;
import io.quorate.sqs.SqsEndpoint.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class LongPollTest {
    private static final Duration DEFAULT = Duration.ofSeconds(10);
    private static final String NOTHING = "{}";

    private final QueueStore store = new QueueStore();
    private final SqsEndpoint sqs = new SqsEndpoint(store).withQueue();

    @Test
    void aMessageSentWhileSomebodyWaitsIsDeliveredAtOnce() throws Exception {
        CompletableFuture<Answer> poll = poll(20);
        awaitWaiters(1);
        long sent = System.nanoTime();

        send("one");

        assertThat(poll.get(5, TimeUnit.SECONDS).text("Body")).isEqualTo("one");
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(3));
        awaitWaiters(0);
    }

    @Test
    void aMessageThatIsThereEndsTheWaitBeforeItBegins() {
        send("one");

        assertThat(sqs.jobs("ReceiveMessage", "\"WaitTimeSeconds\":20").text("Body"))
                .isEqualTo("one");
        awaitWaiters(0);
    }

    @Test
    void theWaitEndsEmptyAtItsTime() {
        long begun = System.nanoTime();

        Answer answer = sqs.jobs("ReceiveMessage", "\"WaitTimeSeconds\":1");

        assertThat(answer.body()).isEqualTo(NOTHING);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(990), Duration.ofSeconds(5));
        awaitWaiters(0);
    }

    @Test
    void theQueuesOwnWaitHoldsUnlessTheReceiverSaysOtherwise() {
        SqsEndpoint waiting = new SqsEndpoint(new QueueStore())
                .withQueue("ReceiveMessageWaitTimeSeconds=1");
        long begun = System.nanoTime();

        waiting.jobs("ReceiveMessage", "");
        long own = System.nanoTime() - begun;
        waiting.jobs("ReceiveMessage", "\"WaitTimeSeconds\":0");
        long none = System.nanoTime() - begun - own;

        assertThat(Duration.ofNanos(own)).isGreaterThan(Duration.ofMillis(990));
        assertThat(Duration.ofNanos(none)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void theCallersOwnDeadlineEndsTheWaitEarlierWithAnEmptyAnswer() {
        long begun = System.nanoTime();

        Answer answer = sqs.send("ReceiveMessage", SqsEndpoint.ofJobs("\"WaitTimeSeconds\":20"),
                DeadlineOrigin.CALLER, Duration.ofSeconds(1)).blockOptional(DEFAULT).orElseThrow();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(NOTHING);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aDefaultDeadlineDoesNotEndTheWait() {
        long begun = System.nanoTime();

        Answer answer = sqs.send("ReceiveMessage", SqsEndpoint.ofJobs("\"WaitTimeSeconds\":2"),
                DeadlineOrigin.DEFAULT, Duration.ofMillis(500)).blockOptional(DEFAULT)
                .orElseThrow();

        assertThat(answer.body()).isEqualTo(NOTHING);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(1_990));
    }

    @Test
    void aClientThatHangsUpLeavesNoWaiter() {
        Disposable client = sqs.send("ReceiveMessage",
                SqsEndpoint.ofJobs("\"WaitTimeSeconds\":20"), DeadlineOrigin.DEFAULT, DEFAULT)
                .subscribe();
        awaitWaiters(1);

        client.dispose();

        awaitWaiters(0);
    }

    @Test
    void aMessageWhoseDelayEndsMeanwhileIsDelivered() throws Exception {
        sqs.jobs("SendMessage", "\"MessageBody\":\"later\",\"DelaySeconds\":1");
        CompletableFuture<Answer> poll = poll(20);
        awaitWaiters(1);

        store.pass(Duration.ofSeconds(1));

        assertThat(poll.get(5, TimeUnit.SECONDS).text("Body")).isEqualTo("later");
    }

    @Test
    void everyMessageGoesToOneOfTheWaiters() {
        CompletableFuture<Answer> first = poll(2);
        CompletableFuture<Answer> second = poll(2);
        awaitWaiters(1);

        send("one");

        assertThat(first.join().body() + second.join().body()).containsOnlyOnce("\"Body\"");
    }

    @Test
    void aPollOutlivesTheLossOfTheLeader() throws Exception {
        CompletableFuture<Answer> poll = poll(20);
        awaitWaiters(1);

        store.fail(new KvFailure.NoLeader());
        store.commitNothing(SqsEndpoint.JOBS_NAME);
        await().during(Duration.ofMillis(200)).until(() -> !poll.isDone());
        store.elect();
        store.fail(null);
        send("after");

        assertThat(poll.get(5, TimeUnit.SECONDS).text("Body")).isEqualTo("after");
    }

    @Test
    void aPollThatBeginsWithoutALeaderWaitsForOne() throws Exception {
        send("there");
        store.fail(new KvFailure.NotLeader(Optional.empty()));

        CompletableFuture<Answer> poll = poll(20);
        awaitWaiters(1);
        store.fail(null);

        assertThat(poll.get(5, TimeUnit.SECONDS).text("Body")).isEqualTo("there");
    }

    @Test
    void aPollWithoutALeaderEndsEmptyAtItsTime() {
        store.fail(new KvFailure.NoLeader());
        long begun = System.nanoTime();

        assertThat(poll(1).join().body()).isEqualTo(NOTHING);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(990), Duration.ofSeconds(3));
    }

    @Test
    void thousandsOfIdlePollsAreOneWatchAndAMessageWakesFewOfThem() {
        List<CompletableFuture<Answer>> polls = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            polls.add(poll(20));
        }
        assertThat(store.waiting()).isEqualTo(1);
        int before = store.calls();

        send("one");

        await().until(() -> polls.stream().filter(CompletableFuture::isDone).count() == 1);
        // The send, the look that found it, two more, and one for what may have gone unseen.
        assertThat(store.calls() - before).isLessThanOrEqualTo(6);
        polls.forEach(poll -> poll.cancel(true));
        awaitWaiters(0);
    }

    @Test
    void tooManyWaitersAreRefused() {
        store.failWatch(new KvFailure.Overloaded("commit-waiters"));

        Answer answer = sqs.jobs("ReceiveMessage", "\"WaitTimeSeconds\":5");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("__type")).isEqualTo("com.amazonaws.sqs#RequestThrottled");
    }

    private CompletableFuture<Answer> poll(int seconds) {
        return sqs.send("ReceiveMessage",
                SqsEndpoint.ofJobs("\"WaitTimeSeconds\":" + seconds), DeadlineOrigin.DEFAULT,
                DEFAULT).toFuture();
    }

    private void awaitWaiters(int number) {
        await().untilAsserted(() -> assertThat(store.waiting()).isEqualTo(number));
    }

    private void send(String body) {
        sqs.jobs("SendMessage", "\"MessageBody\":\"" + body + "\"");
    }
}
