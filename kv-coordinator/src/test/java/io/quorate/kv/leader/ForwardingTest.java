package io.quorate.kv.leader;

import static io.quorate.kv.leader.ThreeNodes.await;
import static io.quorate.kv.leader.ThreeNodes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.Condition.VersionIs;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.PeerCalls.Kind;
import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.leader.PeerNetwork.Fate;
import io.quorate.kv.leader.ThreeNodes.Member;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Requests that come to a node that does not lead. */
class ForwardingTest {
    private static final Key COUNTER = key("counter");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ThreeNodes nodes = new ThreeNodes();
    private Member leader;
    private Member follower;

    @BeforeEach
    void start() {
        for (Member node : nodes.all()) {
            node.proxy().register("increment", handler(ForwardingTest::increment));
            node.proxy().register("create", handler(ForwardingTest::create));
        }
        leader = nodes.leader();
        follower = nodes.followers().getFirst();
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void aCommitOnAFollowerIsCommittedByTheLeader() {
        long version = await(follower.proxy().commit(put("a", "1"))).commitTs();

        assertThat(leader.store().getLatest(key("a"))).map(Versioned::version).contains(version);
        assertThat(nodes.peers().requests(Kind.COMMIT)).singleElement()
                .satisfies(request -> assertThat(request.to()).isEqualTo(leader.name()));
    }

    @Test
    void aHandlerOnAFollowerRunsAtTheLeader() {
        assertThat(increment(follower)).isEqualTo("1");
        assertThat(increment(leader)).isEqualTo("2");
        assertThat(nodes.peers().requests(Kind.HANDLER)).hasSize(1);
    }

    @Test
    void aFailedConditionComesBackFromTheLeader() {
        await(leader.proxy().commit(put("a", "1")));

        assertThat(failure(follower.proxy().commit(
                put("a", "2").require(List.of(VersionIs.absent(key("a"))))), LONG))
                .isEqualTo(new KvFailure.ConditionFailed(0));
    }

    @Test
    void aRequestLostBeforeDeliveryIsSentAgain() {
        loseFirst(Kind.HANDLER, Fate.LOST);

        assertThat(increment(follower)).isEqualTo("1");
        assertThat(nodes.peers().requests(Kind.HANDLER)).hasSize(2);
    }

    @Test
    void anAnswerThatIsCutOffIsGivenAgainAndTheChangeHappenedOnce() {
        loseFirst(Kind.HANDLER, Fate.ANSWER_CUT_OFF);

        assertThat(increment(follower)).isEqualTo("1");
        assertThat(text(leader.store().getLatest(COUNTER))).isEqualTo("1");
    }

    @Test
    void aCommitWhoseAnswerIsCutOffIsNotRefusedByItsOwnChange() {
        loseFirst(Kind.COMMIT, Fate.ANSWER_CUT_OFF);

        long version = await(follower.proxy().commit(
                put("a", "1").require(List.of(VersionIs.absent(key("a")))))).commitTs();

        assertThat(leader.store().getLatest(key("a"))).map(Versioned::version).contains(version);
    }

    @Test
    void anAnswerCutOffBeforeALeaderChangeIsGivenByTheNextLeader() {
        AtomicInteger asked = new AtomicInteger();
        nodes.peers().decide(request -> request.kind() == Kind.HANDLER
                && asked.incrementAndGet() == 1 ? Fate.ANSWER_CUT_OFF : Fate.DELIVERED);
        Member other = nodes.followers().getLast();
        RetryId id = RetryId.digestOf("caller", "increment", "1");

        String first = text(await(follower.proxy().call(COUNTER, "increment", Value.empty(),
                Optional.of(id))));
        nodes.transferTo(other);
        String again = text(await(follower.proxy().call(COUNTER, "increment", Value.empty(),
                Optional.of(id))));
        String atNewLeader = text(await(other.proxy().call(COUNTER, "increment", Value.empty(),
                Optional.of(id))));

        assertThat(List.of(first, again, atNewLeader)).containsOnly("1");
        assertThat(text(other.store().getLatest(COUNTER))).isEqualTo("1");
    }

    @Test
    void anUnknownOutcomeNeverBecomesADefiniteFailure() {
        loseFirst(Kind.COMMIT, Fate.LOST);
        await(leader.proxy().commit(put("a", "of another")));

        // The first attempt may yet arrive, and find the row gone.
        assertThat(failure(follower.proxy().commit(
                put("a", "1").require(List.of(VersionIs.absent(key("a"))))), LONG))
                .isEqualTo(new KvFailure.OutcomeUnknown());
    }

    @Test
    void aDecisionWithoutChangeIsNotGivenOutWhileAnEarlierAttemptMayYetChangeSomething() {
        await(leader.proxy().call(key("c"), "create", value("c")));
        loseFirst(Kind.HANDLER, Fate.LOST);

        assertThat(failure(follower.proxy().call(key("c"), "create", value("c")), LONG))
                .isEqualTo(new KvFailure.OutcomeUnknown());
    }

    @Test
    void withoutAnAttemptThatMayHaveArrivedTheFailureStaysDefinite() {
        loseFirst(Kind.COMMIT, Fate.NOT_SENT);
        await(leader.proxy().commit(put("a", "of another")));

        assertThat(failure(follower.proxy().commit(
                put("a", "1").require(List.of(VersionIs.absent(key("a"))))), LONG))
                .isEqualTo(new KvFailure.ConditionFailed(0));
    }

    @Test
    void aForwardIsNeverForwarded() {
        String bystander = nodes.followers().getLast().name();
        Value request = Value.of(EntryCodec.encode(new Command.Commit(put("a", "1"),
                Optional.of(RetryId.digestOf("x")), Value.empty())));

        assertThat(failure(nodes.peers().of(follower.name()).call(bystander, Kind.COMMIT, 0,
                request), LONG))
                .isEqualTo(new KvFailure.NotLeader(Optional.of(leader.name())));
        assertThat(nodes.peers().requests()).hasSize(1);
    }

    @Test
    void aWriteOfTwoSecondsOnASilentLeaderFailsAtTwoSeconds() throws Exception {
        nodes.peers().decide(request -> Fate.SILENCE);

        Punctual.between(Duration.ofMillis(1_900), Duration.ofMillis(2_200),
                () -> assertThat(
                        failure(follower.proxy().commit(put("a", "1")), Duration.ofSeconds(2)))
                        .isEqualTo(new KvFailure.OutcomeUnknown()));
    }

    @Test
    void forwardingTakesFiveSecondsWhateverTheCallersDeadline() throws Exception {
        nodes.peers().decide(request -> Fate.SILENCE);

        Punctual.between(Duration.ofMillis(4_900), Duration.ofMillis(5_500),
                () -> assertThat(
                        failure(follower.proxy().commit(put("a", "1")), Duration.ofSeconds(30)))
                        .isEqualTo(new KvFailure.OutcomeUnknown()));
    }

    @Test
    void threeTriesMakeACycle() throws Exception {
        // A node that answers is no failure to the breaker, so tries go on.
        nodes.peers().decide(request -> Fate.REFUSED);

        Punctual.between(Duration.ofMillis(195), Duration.ofMillis(400), () -> {
            int before = nodes.peers().requests().size();
            assertThat(failure(follower.proxy().commit(put("a", "1")), Duration.ofMillis(200)))
                    .isEqualTo(new KvFailure.NotLeader(Optional.empty()));

            // Pauses are 20 to 30 ms: three tries before each, three after the last.
            assertThat(nodes.peers().requests().size() - before).isBetween(3, 3 + 3 * 10)
                    .matches(tries -> tries % 3 == 0);
        });
        assertThat(nodes.peers().requests().size()).as("tries").isGreaterThanOrEqualTo(6);
    }

    @Test
    void whatHasExpiredIsDroppedByTheReceiver() {
        long applied = leader.store().applied().index();
        Value request = Value.of(EntryCodec.encode(new Command.Commit(put("a", "1"),
                Optional.of(RetryId.digestOf("x")), Value.empty())));

        assertThat(failure(nodes.peers().serving(leader.name(), Kind.COMMIT).handle(0, request),
                Duration.ZERO)).isEqualTo(new KvFailure.DeadlineExceeded());
        assertThat(leader.store().applied().index()).isEqualTo(applied);
        assertThat(leader.replica().proposer().queuedCommands()).isZero();
    }

    @Test
    void aNodeWhoseClockLiesBehindLearnsTheLogsTime() {
        nodes.close();
        try (ThreeNodes skewed = new ThreeNodes(Map.of("n1", Duration.ofHours(-1)))) {
            if (skewed.leader().name().equals("n1")) {
                skewed.transferTo(skewed.followers().getFirst());
            }

            // Nothing was stamped yet, so only its own clock tells the first node what time it is.
            await(skewed.node("n1").proxy().commit(put("a", "1")));

            assertThat(skewed.peers().requests(Kind.COMMIT)).hasSize(2);
            assertThat(text(skewed.leader().store().getLatest(key("a")))).isEqualTo("1");
        }
    }

    @Test
    void aLeaderThatCannotBeReachedIsNotAskedForAWhile() {
        nodes.peers().decide(request -> Fate.NOT_SENT);
        long begun = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            assertThat(failure(follower.proxy().commit(put("a", "1")), LONG))
                    .isEqualTo(new KvFailure.NoLeader());
        }

        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        // Three open it; probes follow after 100 ms at the earliest, after 200, 400, ...
        assertThat((long) nodes.peers().requests().size()).isBetween(3L, 3 + millis / 100);
    }

    @Test
    void aDeadlineThatHasPassedIsNoLeaderAndAsksNobody() {
        assertThat(failure(follower.proxy().commit(put("a", "1")), Duration.ZERO))
                .isEqualTo(new KvFailure.NoLeader());
        assertThat(nodes.peers().requests()).isEmpty();
    }

    @Test
    void aCallerThatLeavesCancelsItsRequestAndIsNoFailureOfTheLeader() {
        nodes.peers().decide(request -> Fate.SILENCE);
        for (int i = 0; i < 10; i++) {
            Disposable left = follower.proxy().commit(put("a", "1"))
                    .contextWrite(Deadline.after(LONG)::into).subscribe();
            left.dispose();
        }
        nodes.peers().decide(request -> Fate.DELIVERED);

        await(follower.proxy().commit(put("a", "2")));

        assertThat(follower.proxy().isLeaderBroken(0)).isFalse();
    }

    @Test
    void aRequestCaughtByALeaderChangeIsDoneByTheNextLeader() {
        Member other = nodes.followers().getLast();
        Optional<RetryId> id = Optional.of(RetryId.digestOf("caught"));
        nodes.isolate(leader);

        // The leader still believes to lead, takes the command and cannot commit it. Should the election take longer
        // than the five seconds of a forward, the caller asks again, as after any unknown outcome.
        String answer = Awaitility.await().atMost(LONG)
                .ignoreExceptionsInstanceOf(KvException.class)
                .until(() -> text(await(
                        follower.proxy().call(COUNTER, "increment", Value.empty(), id),
                        Duration.ofSeconds(5))), told -> true);

        assertThat(answer).isEqualTo("1");
        assertThat(List.of(follower.store(), other.store()))
                .anySatisfy(store -> assertThat(text(store.getLatest(COUNTER))).isEqualTo("1"));
    }

    private void loseFirst(Kind kind, Fate fate) {
        AtomicInteger seen = new AtomicInteger();
        nodes.peers().decide(request -> request.kind() == kind && seen.incrementAndGet() == 1
                ? fate
                : Fate.DELIVERED);
    }

    private static String increment(Member at) {
        return text(await(at.proxy().call(COUNTER, "increment", Value.empty())));
    }

    private static LeaderHandler.Decision increment(LeaderView view, Value request) {
        int next = view.get(COUNTER).map(row -> Integer.parseInt(text(row.value()))).orElse(0) + 1;
        Value value = value(String.valueOf(next));
        return new LeaderHandler.Decision(Transaction.of(new Put(COUNTER, value)), value);
    }

    private static LeaderHandler.Decision create(LeaderView view, Value request) {
        Key key = key(text(request));
        return view.get(key).isPresent()
                ? LeaderHandler.Decision.answer(value("exists"))
                : new LeaderHandler.Decision(Transaction.of(new Put(key, value("made"))),
                        value("made"));
    }

    private static LeaderHandler handler(
            java.util.function.BiFunction<LeaderView, Value, LeaderHandler.Decision> decide) {
        return new LeaderHandler() {
            @Override
            public List<Key> latches(Value request) {
                return List.of(COUNTER);
            }

            @Override
            public Decision handle(LeaderView view, Value request) {
                return decide.apply(view, request);
            }
        };
    }

    private static Transaction put(String key, String value) {
        return Transaction.of(new Put(key(key), value(value)));
    }

    private static Key key(String text) {
        return Key.of(7, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Value value(String text) {
        return Value.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Value value) {
        return new String(value.shared(), StandardCharsets.UTF_8);
    }

    private static String text(Optional<Versioned> row) {
        return row.map(found -> text(found.value())).orElse("");
    }
}
