package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.text;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Callers that add one to a counter, again and again, each call repeated on the next node with the same id until it is
 * answered. Each answer is the sum, so what was lost, and what happened twice, is seen in them.
 */
final class Increments implements AutoCloseable {
    private static final Key COUNTER = key("increments");
    private static final String NAME = "increments";
    private static final int CALLERS = 4;
    /** An attempt; then another node is asked. */
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = 5_000_000;

    private final TestCluster cluster;
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> defects = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean stopped;

    private Increments(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Callers that begin now, on a cluster all of whose nodes {@link #serve}. */
    static Increments on(TestCluster cluster) {
        Increments increments = new Increments(cluster);
        for (int i = 0; i < CALLERS; i++) {
            int first = i;
            increments.callers.add(Thread.ofPlatform().name("increments-" + i)
                    .start(() -> increments.call(first)));
        }
        return increments;
    }

    /** Makes a node ready to take calls and to serve them; once after each of its starts. */
    static void serve(Node node) {
        node.atLeader().register(NAME, new Adder());
    }

    private void call(int first) {
        int node = first;
        try {
            while (!stopped) {
                Optional<RetryId> id = Optional
                        .of(RetryId.digestOf(UUID.randomUUID().toString()));
                Optional<Integer> answer = Optional.empty();
                while (answer.isEmpty()) {
                    answer = attempt(node++, id);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                answers.add(answer.get());
            }
        } catch (RuntimeException | Error defect) {
            defects.add(defect);
        }
    }

    private Optional<Integer> attempt(int number, Optional<RetryId> id) {
        List<String> running = cluster.running();
        if (running.isEmpty()) {
            return Optional.empty();
        }
        Node node;
        try {
            node = cluster.node(running.get(number % running.size()));
        } catch (IllegalStateException stoppedMeanwhile) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.parseInt(text(
                    await(node.atLeader().call(COUNTER, NAME, Value.empty(), id), ATTEMPT))));
        } catch (KvException again) {
            return Optional.empty();
        }
    }

    /** Waits for so many more answers. */
    void awaitMore(int more) {
        int before = answers.size();
        Awaitility.await("answers").atMost(TestCluster.PATIENCE)
                .failFast("a caller ended", () -> !defects.isEmpty())
                .until(() -> answers.size() >= before + more);
    }

    /** Ends the callers, when their last calls are answered, and looks at all answers and at what every node holds. */
    void assertEachHappenedOnce() {
        close();
        assertThat(defects).isEmpty();
        assertThat(answers).containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, answers.size()).boxed().toList());
        for (String node : cluster.running()) {
            assertThat(await(cluster.node(node).kv().get(COUNTER))).as(node)
                    .map(row -> text(row.value())).contains(String.valueOf(answers.size()));
        }
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread caller : callers) {
            try {
                assertThat(caller.join(TestCluster.PATIENCE)).as("the last call is answered")
                        .isTrue();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Adds one and answers the sum. */
    private static final class Adder implements LeaderHandler {
        @Override
        public List<Key> latches(Value request) {
            return List.of(COUNTER);
        }

        @Override
        public Decision handle(LeaderView view, Value request) {
            int next = view.get(COUNTER).map(row -> Integer.parseInt(text(row.value())))
                    .orElse(0) + 1;
            Value sum = value(String.valueOf(next));
            return new Decision(Transaction.of(new Put(COUNTER, sum)), sum);
        }
    }
}
