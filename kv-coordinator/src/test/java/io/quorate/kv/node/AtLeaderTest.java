package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.failure;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.text;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.Condition;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation.Delete;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Handlers at the leader, on a running node. */
class AtLeaderTest {
    private static final Key COUNTER = key("counter");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        node = RunningNode.on(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void contendedKeysQueueAndNoIncrementIsLostOrAborted() {
        register("increment", List.of(COUNTER), AtLeaderTest::increment);
        int writers = 64;
        int each = 10;

        List<String> answers = Flux.range(0, writers)
                .flatMap(writer -> Flux.range(0, each).concatMap(i -> call("increment", "")),
                        writers)
                .map(RunningNode::text).contextWrite(Deadline.after(LONG)::into).collectList()
                .block();

        assertThat(answers).as("every call saw another count").doesNotHaveDuplicates()
                .hasSize(writers * each);
        assertThat(node.text(COUNTER)).contains(String.valueOf(writers * each));
    }

    @Test
    void incrementsWithoutLatchesAreValidatedAndNoneIsLost() {
        register("increment", List.of(), AtLeaderTest::increment);

        long failures = await(Flux.range(0, 8)
                .flatMap(writer -> Flux.range(0, 20).concatMap(i -> call("increment", "")
                        .then(Mono.<KvFailure>empty()).onErrorResume(
                                io.quorate.kv.KvException.class, e -> Mono.just(e.failure()))),
                        8)
                .doOnNext(failure -> assertThat(failure)
                        .isEqualTo(new KvFailure.WriteConflict()))
                .count(), LONG);

        assertThat(node.text(COUNTER)).contains(String.valueOf(8 * 20 - failures));
    }

    @Test
    void everyDecisionThatChangesSomethingHearsItsEndOnce() {
        List<String> endings = new CopyOnWriteArrayList<>();
        register("write", List.of(COUNTER), (view, request) -> new LeaderHandler.Decision(
                Transaction.of(new Put(COUNTER, request)), value("done"), ending(endings)));
        register("refused", List.of(COUNTER), (view, request) -> new LeaderHandler.Decision(
                new Transaction(List.of(new Condition.CommittedBefore(1)),
                        List.of(new Put(COUNTER, request))),
                value("never"), ending(endings)));

        await(call("write", "x"));
        KvFailure refused = failure(call("refused", "x"));

        assertThat(refused).isEqualTo(new KvFailure.WriteConflict());
        assertThat(endings).hasSize(1 + 32).startsWith("committed", "discarded")
                .containsOnlyOnce("committed").doesNotContain("unknown");
    }

    private static LeaderHandler.Ending ending(List<String> heard) {
        return new LeaderHandler.Ending() {
            @Override
            public void committed(long commitTs) {
                heard.add("committed");
            }

            @Override
            public void discarded() {
                heard.add("discarded");
            }

            @Override
            public void unknown() {
                heard.add("unknown");
            }
        };
    }

    @Test
    void aRepeatedRequestIsAnsweredAsTheFirstAndAppliedOnce() {
        register("increment", List.of(COUNTER), AtLeaderTest::increment);
        RetryId id = RetryId.of(new byte[RetryId.LENGTH]);

        Value first = await(node.node().atLeader().call(COUNTER, "increment", value(""),
                Optional.of(id)));
        await(node.node().atLeader().call(COUNTER, "increment", value("")));
        Value repeated = await(node.node().atLeader().call(COUNTER, "increment", value(""),
                Optional.of(id)));

        assertThat(text(first)).isEqualTo("1");
        assertThat(text(repeated)).isEqualTo("1");
        assertThat(node.text(COUNTER)).contains("2");
    }

    @Test
    void anAnswerMayTellTheStampOfItsTransactionAndTellsItAgainWhenRepeated() {
        node.node().atLeader().register("stamped", new LeaderHandler() {
            @Override
            public List<Key> latches(Value request) {
                return List.of(COUNTER);
            }

            @Override
            public Decision handle(LeaderView view, Value request) {
                return new Decision(Transaction.of(new Put(COUNTER, request)), value("at "));
            }

            @Override
            public Value committed(Value answer, long commitTs) {
                return value(text(answer) + commitTs);
            }
        });
        RetryId id = RetryId.of(new byte[RetryId.LENGTH]);

        Value first = await(node.node().atLeader().call(COUNTER, "stamped", value("x"),
                Optional.of(id)));
        long version = node.get(COUNTER).orElseThrow().version();
        Value repeated = await(node.node().atLeader().call(COUNTER, "stamped", value("y"),
                Optional.of(id)));

        assertThat(text(first)).isEqualTo("at " + version);
        assertThat(repeated).isEqualTo(first);
    }

    /** The handler would refuse the repetition: the row it creates is there. */
    @Test
    void aRepeatedRequestIsNotDecidedAnew() {
        register("create", List.of(COUNTER), (view, request) -> {
            if (view.get(COUNTER).isPresent()) {
                throw new KvFailure.Refused("it exists").asException();
            }
            return new LeaderHandler.Decision(Transaction.of(new Put(COUNTER, request)),
                    value("created"));
        });
        RetryId id = RetryId.of(new byte[RetryId.LENGTH]);
        await(node.node().atLeader().call(COUNTER, "create", value("x"), Optional.of(id)));

        Value repeated = await(
                node.node().atLeader().call(COUNTER, "create", value("x"), Optional.of(id)));

        assertThat(text(repeated)).isEqualTo("created");
        assertThat(failure(node.node().atLeader().call(COUNTER, "create", value("x"))))
                .isEqualTo(new KvFailure.Refused("it exists"));
    }

    @Test
    void whatAHandlerReadIsValidatedThoughItNamedNoLatch() {
        AtomicInteger runs = new AtomicInteger();
        put("other", "1");
        register("copy", List.of(), (view, request) -> {
            String seen = view.get(key("other")).map(row -> text(row.value())).orElse("");
            if (runs.incrementAndGet() == 1) {
                put("other", "2");
            }
            return new LeaderHandler.Decision(Transaction.of(new Put(COUNTER, value(seen))),
                    value(seen));
        });

        assertThat(text(offCallersThread("copy"))).isEqualTo("2");
        assertThat(node.text(COUNTER)).contains("2");
        assertThat(runs).hasValue(2);
    }

    @Test
    void aScannedRangeIsValidatedAndAPeekedOneIsNot() {
        Scan rows = Scan.ascending(KeyRange.withPrefix(key("row/")), 10);
        AtomicInteger scans = new AtomicInteger();
        AtomicInteger peeks = new AtomicInteger();
        register("scan", List.of(), (view, request) -> {
            int found = view.scan(rows).rows().size();
            if (scans.incrementAndGet() == 1) {
                put("row/1", "x");
            }
            return answering(found);
        });
        register("peek", List.of(), (view, request) -> {
            int found = view.peek(rows).rows().size();
            if (peeks.incrementAndGet() == 1) {
                put("row/2", "x");
            }
            return answering(found);
        });

        assertThat(text(offCallersThread("scan"))).isEqualTo("1");
        assertThat(text(offCallersThread("peek"))).isEqualTo("1");
        assertThat(scans).hasValue(2);
        assertThat(peeks).hasValue(1);
    }

    @Test
    void readsOfADecisionWithoutChangeAreOfOneMoment() {
        put("left", "0");
        put("right", "0");
        AtomicInteger runs = new AtomicInteger();
        register("both", List.of(), (view, request) -> {
            String left = view.get(key("left")).map(row -> text(row.value())).orElse("");
            if (runs.incrementAndGet() == 1) {
                node.commit(Transaction.of(new Put(key("left"), value("1")),
                        new Put(key("right"), value("1"))));
            }
            String right = view.get(key("right")).map(row -> text(row.value())).orElse("");
            return LeaderHandler.Decision.answer(value(left + right));
        });

        assertThat(text(offCallersThread("both"))).isEqualTo("11");
        assertThat(runs).hasValue(2);
    }

    @Test
    void conditionsOfAHandlersOwnLetItDecideAnew() {
        AtomicInteger runs = new AtomicInteger();
        register("own", List.of(), (view, request) -> {
            boolean first = runs.incrementAndGet() == 1;
            Condition condition = first
                    ? new Condition.Exists(key("nothing"))
                    : Condition.VersionIs.absent(key("nothing"));
            return new LeaderHandler.Decision(
                    new Transaction(List.of(condition), List.of(new Put(COUNTER, value("1")))),
                    value("run " + runs));
        });

        assertThat(text(await(call("own", "")))).isEqualTo("run 2");
    }

    @Test
    void aHandlerThatAlwaysLosesIsAWriteConflict() {
        register("hopeless", List.of(),
                (view, request) -> new LeaderHandler.Decision(
                        new Transaction(List.of(new Condition.Exists(key("nothing"))),
                                List.of(new Put(COUNTER, value("1")))),
                        value("")));

        assertThat(failure(call("hopeless", ""))).isEqualTo(new KvFailure.WriteConflict());
        assertThat(node.get(COUNTER)).isEmpty();
        register("increment", List.of(COUNTER), AtLeaderTest::increment);
        assertThat(text(await(call("increment", "")))).as("its latches are free")
                .isEqualTo("1");
    }

    @Test
    void aBugOfAHandlerFailsItsCallAndFreesItsLatches() {
        register("bug", List.of(COUNTER), (view, request) -> {
            throw new ArithmeticException("bug");
        });
        register("increment", List.of(COUNTER), AtLeaderTest::increment);

        assertThatThrownBy(() -> await(call("bug", ""))).isInstanceOf(ArithmeticException.class);
        assertThat(text(await(call("increment", "")))).isEqualTo("1");
    }

    @Test
    void aCallerWhoLeavesWhileItWaitsChangesNothing() {
        register("increment", List.of(COUNTER), AtLeaderTest::increment);
        StepGate gate = new StepGate();
        register("slow", List.of(COUNTER), (view, request) -> {
            gate.arrive();
            return LeaderHandler.Decision.answer(value("slow"));
        });
        Thread.ofPlatform().daemon().start(() -> await(call("slow", "")));
        gate.awaitArrival();

        call("increment", "").contextWrite(Deadline.after(LONG)::into).subscribe().dispose();
        gate.open();

        assertThat(text(await(call("increment", "")))).isEqualTo("1");
    }

    @Test
    void anUnknownHandlerIsABug() {
        assertThatThrownBy(() -> await(call("nobody", "")))
                .isInstanceOf(IllegalStateException.class);
        register("twice", List.of(), AtLeaderTest::increment);
        assertThatThrownBy(() -> register("twice", List.of(), AtLeaderTest::increment))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void deletedIsAbsentForAHandler() {
        put("counter", "5");
        node.commit(Transaction.of(new Delete(COUNTER)));
        register("increment", List.of(COUNTER), AtLeaderTest::increment);

        assertThat(text(await(call("increment", "")))).isEqualTo("1");
    }

    private static LeaderHandler.Decision increment(LeaderView view, Value request) {
        int count = view.get(COUNTER).map(row -> Integer.parseInt(text(row.value()))).orElse(0);
        Value next = value(String.valueOf(count + 1));
        return new LeaderHandler.Decision(Transaction.of(new Put(COUNTER, next)), next);
    }

    private static LeaderHandler.Decision answering(int number) {
        return new LeaderHandler.Decision(
                Transaction.of(new Put(COUNTER, value(String.valueOf(number)))),
                value(String.valueOf(number)));
    }

    private Mono<Value> call(String name, String request) {
        return node.node().atLeader().call(COUNTER, name, value(request));
    }

    /** For handlers that themselves wait for a commit: this thread is the test's to hold. */
    private Value offCallersThread(String name) {
        return await(call(name, ""));
    }

    private void put(String name, String text) {
        node.commit(Transaction.of(new Put(key(name), value(text))));
    }

    private void register(String name, List<Key> latches,
            BiFunction<LeaderView, Value, LeaderHandler.Decision> work) {
        node.node().atLeader().register(name, new LeaderHandler() {
            @Override
            public List<Key> latches(Value request) {
                return latches;
            }

            @Override
            public Decision handle(LeaderView view, Value request) {
                return work.apply(view, request);
            }
        });
    }
}
