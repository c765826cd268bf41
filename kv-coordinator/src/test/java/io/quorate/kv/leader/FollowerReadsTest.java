package io.quorate.kv.leader;

import static io.quorate.kv.leader.ThreeNodes.await;
import static io.quorate.kv.leader.ThreeNodes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.PeerCalls.Kind;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.leader.PeerNetwork.Fate;
import io.quorate.kv.leader.ThreeNodes.Member;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Linearizable reads on nodes that do not lead. */
class FollowerReadsTest {
    private static final Key ROW = key("row");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ThreeNodes nodes = new ThreeNodes();
    private Member leader;
    private Member follower;

    @BeforeEach
    void start() {
        for (Member node : nodes.all()) {
            node.proxy().register("read", new ReadRow());
        }
        leader = nodes.leader();
        follower = nodes.followers().getFirst();
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void aFollowerSeesEverythingThatWasAcknowledgedBefore() {
        for (int i = 0; i < 300; i++) {
            put(String.valueOf(i));
            assertThat(read(follower)).isEqualTo(String.valueOf(i));
        }

        assertThat(nodes.peers().requests(Kind.READ_INDEX)).isNotEmpty();
    }

    @Test
    void aPageIsReadHereToo() {
        put("1");
        Scan scan = Scan.ascending(KeyRange.withPrefix(key("r")), 10);

        ScanPage here = await(follower.proxy().scan(scan));

        assertThat(here).isEqualTo(await(leader.proxy().scan(scan)));
        assertThat(here.rows()).extracting(Versioned::key).containsExactly(ROW);
        assertThat(nodes.peers().requests(Kind.READ)).isEmpty();
    }

    @Test
    void manyReadersShareAHandfulOfRequests() {
        put("1");
        List<String> read = await(Flux.range(0, 2_000)
                .flatMap(i -> follower.proxy().get(ROW), 2_000).map(row -> text(row.orElseThrow()))
                .collectList());

        assertThat(read).hasSize(2_000).containsOnly("1");
        assertThat(nodes.peers().requests(Kind.READ_INDEX)).hasSizeLessThan(500);
    }

    @Test
    void aReplicaThatLagsLetsTheLeaderRead() {
        put("1");
        assertThat(read(follower)).isEqualTo("1");
        nodes.raft().cut(leader.name(), follower.name());
        put("2");

        assertThat(read(follower)).isEqualTo("2");
        assertThat(await(follower.proxy()
                .scan(Scan.ascending(KeyRange.withPrefix(key("r")), 10))).rows())
                .extracting(FollowerReadsTest::text).containsExactly("2");
        assertThat(nodes.peers().requests(Kind.READ)).hasSize(2);
    }

    @Test
    void aReadOnASilentLeaderEndsAtItsDeadline() throws Exception {
        nodes.peers().decide(request -> Fate.SILENCE);

        Punctual.between(Duration.ofMillis(380), Duration.ofMillis(600),
                () -> assertThat(failure(follower.proxy().get(ROW), Duration.ofMillis(400)))
                        .isEqualTo(new KvFailure.DeadlineExceeded()));
        assertThat(follower.proxy().readIndexCallers(0)).isZero();
    }

    @Test
    void aReadWhoseAnswerIsLostIsAskedAgain() {
        put("1");
        AtomicInteger seen = new AtomicInteger();
        nodes.peers().decide(request -> seen.incrementAndGet() < 3
                ? Fate.ANSWER_CUT_OFF
                : Fate.DELIVERED);

        assertThat(read(follower)).isEqualTo("1");
    }

    @Test
    void aDeposedLeaderThatDoesNotKnowItAnswersNoRead() {
        put("1");
        nodes.isolate(leader);
        Member old = leader;
        Member next = nodes.followers().stream().findFirst().orElseThrow();
        List<Member> others = nodes.all().stream().filter(node -> node != old).toList();
        assertThat(next).isNotNull();
        org.awaitility.Awaitility.await().atMost(LONG)
                .until(() -> others.stream().anyMatch(node -> node.replica().group().leadership()
                        .serving()));
        await(others.getFirst().proxy().commit(Transaction.of(new Put(ROW, value("2")))));

        // Its peers tell it who leads now, though it hears nothing of Raft.
        assertThat(nodes.peers().requests(Kind.READ)).isEmpty();
        KvFailure failure = failure(
                old.proxy().get(ROW).filter(row -> text(row.orElseThrow()).equals("2"))
                        .switchIfEmpty(reactor.core.publisher.Mono
                                .error(new AssertionError("a stale read")))
                        .then(reactor.core.publisher.Mono
                                .error(new KvFailure.NoLeader().asException())),
                Duration.ofSeconds(1));
        assertThat(failure).isInstanceOfAny(KvFailure.NoLeader.class, KvFailure.NotLeader.class,
                KvFailure.DeadlineExceeded.class);
    }

    @Test
    void aHandlerThatOnlyReadsIsAskedAgainWhateverWasLost() {
        put("1");
        AtomicInteger seen = new AtomicInteger();
        nodes.peers().decide(
                request -> seen.incrementAndGet() == 1 ? Fate.ANSWER_CUT_OFF : Fate.DELIVERED);

        assertThat(text(await(follower.proxy().call(ROW, "read", Value.empty())))).isEqualTo("1");
    }

    @Test
    void whoWaitsOnAFollowerIsWokenByItsOwnApplyAndThenFindsWhatWasCommitted() {
        CompletableFuture<String> found = follower.watch().nextCommit(ROW)
                .then(follower.proxy().get(ROW)).map(row -> text(row.orElseThrow()))
                .contextWrite(Deadline.after(LONG)::into).toFuture();

        put("1");

        assertThat(found).succeedsWithin(LONG).isEqualTo("1");
    }

    @Test
    void aLeaderChangeWakesWhoWaitsForACommit() {
        List<CompletableFuture<Void>> woken = new ArrayList<>();
        for (Member node : nodes.all()) {
            woken.add(node.watch().nextCommit(ROW).contextWrite(Deadline.after(LONG)::into)
                    .toFuture());
        }

        nodes.transferTo(follower);

        assertThat(woken).allSatisfy(one -> assertThat(one).succeedsWithin(LONG));
    }

    private void put(String value) {
        await(leader.proxy().commit(Transaction.of(new Put(ROW, value(value)))));
    }

    private static String read(Member at) {
        return text(await(at.proxy().get(ROW)).orElseThrow());
    }

    private static Key key(String text) {
        return Key.of(7, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Value value(String text) {
        return Value.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Versioned row) {
        return text(row.value());
    }

    private static String text(Value value) {
        return new String(value.shared(), StandardCharsets.UTF_8);
    }

    /** Answers what the row holds. */
    private static final class ReadRow implements LeaderHandler {
        @Override
        public List<Key> latches(Value request) {
            return List.of();
        }

        @Override
        public Decision handle(LeaderView view, Value request) {
            return Decision.answer(view.get(ROW).map(Versioned::value).orElse(Value.empty()));
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }
    }
}
