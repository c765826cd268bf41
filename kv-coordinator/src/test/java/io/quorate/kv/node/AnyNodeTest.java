package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.awaitEnd;
import static io.quorate.kv.node.RunningNode.failure;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.text;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.Condition.VersionIs;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.PeerException;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Three nodes over gRPC, of which any takes any request. */
class AnyNodeTest {
    private static final Key COUNTER = key("counter");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;
    @SuppressWarnings("NullAway.Init")
    private TestCluster cluster;
    private final AtomicInteger cutOff = new AtomicInteger();
    private volatile BooleanSupplier cuts = () -> false;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void everyNodeCommitsReadsScansAndRunsHandlers() {
        start();
        int expected = 0;
        for (String writer : cluster.running()) {
            expected++;
            String written = String.valueOf(expected);
            await(node(writer).kv().commit(Transaction.of(new Put(key("row"), value(written)))));
            assertThat(text(increment(writer, Optional.empty()))).isEqualTo(written);
            for (String reader : cluster.running()) {
                assertThat(await(node(reader).kv().get(key("row"))))
                        .map(row -> text(row.value())).contains(written);
                assertThat(await(node(reader).kv()
                        .scan(Scan.ascending(KeyRange.withPrefix(key("row")), 9))).rows())
                        .extracting(Versioned::key).containsExactly(key("row"));
            }
        }
    }

    @Test
    void aFailedConditionAndAForeignLeaderAreSaidOnEveryNode() {
        start();
        await(node("n1").kv().commit(Transaction.of(new Put(key("row"), value("1")))));

        for (String node : cluster.running()) {
            assertThat(failure(node(node).kv()
                    .commit(Transaction.of(new Put(key("row"), value("2")))
                            .require(List.of(VersionIs.absent(key("row")))))))
                    .isEqualTo(new KvFailure.ConditionFailed(0));
        }
        String leader = cluster.awaitLeaderId();
        assertThat(failure(node(cluster.awaitFollowerId()).probe().verifyLeader()
                .thenReturn(true))).isEqualTo(new KvFailure.NotLeader(Optional.of(leader)));
    }

    @Test
    void aRepeatedRequestFindsItsAnswerOnEveryNodeAndUnderTheNextLeader() {
        start();
        Optional<RetryId> id = Optional.of(RetryId.digestOf("caller", "increment", "1"));
        String first = cluster.awaitLeaderId();
        assertThat(text(increment(first, id))).isEqualTo("1");

        transfer(cluster.awaitFollowerId());

        for (String node : cluster.running()) {
            assertThat(text(increment(node, id))).isEqualTo("1");
        }
    }

    @Test
    void whoWaitsOnAFollowerIsWokenByACommitElsewhere() {
        start();
        Node follower = node(cluster.awaitFollowerId());
        CompletableFuture<String> found = follower.watch().nextCommit(key("row"))
                .then(follower.kv().get(key("row"))).map(row -> text(row.orElseThrow().value()))
                .contextWrite(Deadline.after(PATIENCE)::into).toFuture();

        await(cluster.awaitLeader().kv().commit(Transaction.of(new Put(key("row"), value("1")))));

        assertThat(found).succeedsWithin(PATIENCE).isEqualTo("1");
    }

    @Test
    void aWriteOfTwoSecondsOnALeaderWithoutQuorumFailsAtTwoSeconds() throws Exception {
        start();
        String leader = cluster.awaitLeaderId();
        String follower = cluster.awaitFollowerId();
        cluster.running().stream().filter(id -> !id.equals(leader) && !id.equals(follower))
                .forEach(cluster::stop);
        cluster.stop(leader);

        Punctual.within(Duration.ofMillis(2_300), () -> assertThat(failure(node(follower).kv()
                .commit(Transaction.of(new Put(key("row"), value("1")))), Duration.ofSeconds(2)))
                .isInstanceOfAny(KvFailure.NoLeader.class, KvFailure.NotLeader.class,
                        KvFailure.OutcomeUnknown.class));
    }

    @Test
    void aThousandRequestsWhoseFirstAnswerIsCutOffAreAppliedOnceAcrossTransfers() {
        start();
        AtomicLong turn = new AtomicLong();
        cuts = () -> turn.incrementAndGet() % 3 != 0;
        int calls = 1_000;
        AtomicInteger transfers = new AtomicInteger();
        CompletableFuture<List<Integer>> answers = Flux.range(0, calls)
                .flatMap(i -> incrementUntilTold("n" + (1 + i % 3)), 8).collectList().toFuture();

        while (!answers.isDone()) {
            transfer(cluster.awaitFollowerId());
            transfers.incrementAndGet();
        }

        assertThat(answers.join()).containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, calls).boxed().toList());
        assertThat(await(node("n1").kv().get(COUNTER))).map(row -> text(row.value()))
                .contains(String.valueOf(calls));
        assertThat(cutOff).hasValueGreaterThan(100);
        assertThat(transfers).hasValueGreaterThan(1);
    }

    private void start() {
        cluster = TestCluster.of(directory, 3)
                .withSeams(seams -> seams.withPeers(CuttingCalls::new));
        cluster.startAll();
        cluster.running().forEach(id -> node(id).atLeader().register("increment",
                new Increment()));
        cluster.awaitLeader();
    }

    private Node node(String id) {
        return cluster.node(id);
    }

    private Value increment(String at, Optional<RetryId> id) {
        return await(node(at).atLeader().call(COUNTER, "increment", Value.empty(), id));
    }

    /** As an SDK: again, with the same id, after whatever the server could not answer. */
    private Mono<Integer> incrementUntilTold(String at) {
        Optional<RetryId> id = Optional.of(RetryId.digestOf(UUID.randomUUID().toString()));
        return Mono.defer(() -> node(at).atLeader().call(COUNTER, "increment", Value.empty(), id)
                .contextWrite(Deadline.after(PATIENCE)::into))
                .retryWhen(Retry.fixedDelay(1_000, Duration.ofMillis(20))
                        .filter(KvException.class::isInstance))
                .map(answer -> Integer.parseInt(text(answer)));
    }

    private void transfer(String target) {
        try {
            awaitEnd(cluster.awaitLeader().admin().orElseThrow().transfer(Optional.of(target)));
        } catch (KvException refused) {
            // Another one leads meanwhile, which is as good.
            assertThat(refused.failure()).isNotInstanceOf(KvFailure.Poisoned.class);
        }
    }

    /** Adds one and answers the sum. */
    private static final class Increment implements LeaderHandler {
        @Override
        public List<Key> latches(Value request) {
            return List.of(COUNTER);
        }

        @Override
        public Decision handle(LeaderView view, Value request) {
            int next = view.get(COUNTER).map(row -> Integer.parseInt(text(row.value()))).orElse(0)
                    + 1;
            Value value = value(String.valueOf(next));
            return new Decision(Transaction.of(new Put(COUNTER, value)), value);
        }
    }

    /** Lets a request be answered and loses the answer, as the test says. */
    private final class CuttingCalls implements PeerCalls {
        private final PeerCalls real;

        CuttingCalls(PeerCalls real) {
            this.real = real;
        }

        @Override
        public Mono<Value> call(String node, Kind kind, int group, Value request) {
            Mono<Value> answer = real.call(node, kind, group, request);
            if (kind != Kind.HANDLER || !cuts.getAsBoolean()) {
                return answer;
            }
            return answer.flatMap(lost -> {
                cutOff.incrementAndGet();
                return Mono.error(new PeerException(node, PeerException.Reach.MAYBE_ARRIVED,
                        new IllegalStateException("the test cut the answer off")));
            });
        }

        @Override
        public void serve(Kind kind, Handler handler) {
            real.serve(kind, handler);
        }
    }
}
