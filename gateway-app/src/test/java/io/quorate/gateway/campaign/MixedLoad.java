package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.quorate.gateway.it.ItemWorkload;
import io.quorate.gateway.it.MessageWorkload;
import io.quorate.gateway.it.ObjectWorkload;
import io.quorate.gateway.it.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Writers of all three protocols and of the key-value service at every endpoint, with the SDK's usual retries; they
 * remember what was acknowledged.
 */
final class MixedLoad implements AutoCloseable {
    /** Between two writes of one writer: the load is to be there, not to fill the machine. */
    static final Duration PACE = Duration.ofMillis(40);

    private final List<Kind> kinds = List.of(kind("items", new ItemWorkload()),
            kind("messages", new MessageWorkload()), kind("objects", new ObjectWorkload(false)),
            new Kind("appends", node -> new KvAppends(node.peerPort()),
                    new ConcurrentLinkedQueue<>()));
    private final Queue<Long> moments = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private final List<Workload.Session> sessions = new ArrayList<>();
    private final List<Thread> writers = new ArrayList<>();
    private final long paceNanos;
    private volatile boolean stopped;

    /**
     * One kind of write.
     *
     * @param at begins a session with a node
     * @param acknowledged the ids of all writes that were
     */
    private record Kind(String name, Function<ClusterNode, Workload.Session> at,
            Queue<String> acknowledged) {}

    private static Kind kind(String name, Workload workload) {
        return new Kind(name, node -> workload.open(node.clients()),
                new ConcurrentLinkedQueue<>());
    }

    /** A load that begins now, at every node. */
    MixedLoad(ClusterProcesses cluster) {
        this(cluster, PACE);
    }

    /**
     * A load that begins now, at every node.
     *
     * @param pace the pause of a writer after each of its writes
     */
    MixedLoad(ClusterProcesses cluster, Duration pace) {
        paceNanos = pace.toNanos();
        for (Kind kind : kinds) {
            for (ClusterNode node : cluster.nodes()) {
                Workload.Session session = kind.at().apply(node);
                sessions.add(session);
                String prefix = node.id() + "-";
                writers.add(Thread.ofPlatform()
                        .start(() -> write(session, prefix, kind.acknowledged())));
            }
        }
    }

    private void write(Workload.Session session, String prefix, Queue<String> done) {
        for (int i = 0; !stopped; i++) {
            try {
                session.write(prefix + i);
                done.add(prefix + i);
                moments.add(System.nanoTime());
            } catch (SdkException | StatusRuntimeException notAcknowledged) {
                // It may be there or not.
                refused.incrementAndGet();
            }
            LockSupport.parkNanos(paceNanos);
        }
    }

    /** How many writes were acknowledged. */
    int acknowledged() {
        return moments.size();
    }

    /** How many were not. */
    long refused() {
        return refused.get();
    }

    /** Waits until so many more writes of each kind are acknowledged. */
    void awaitMoreOfEach(int more) {
        List<Integer> before = kinds.stream().map(kind -> kind.acknowledged().size()).toList();
        await("writes of each kind").atMost(ClusterProcesses.PATIENCE).until(() -> {
            for (int i = 0; i < before.size(); i++) {
                if (kinds.get(i).acknowledged().size() < before.get(i) + more) {
                    return false;
                }
            }
            return true;
        });
    }

    /** The longest time in this span in which no write of anybody was acknowledged. */
    Duration longestSilence(long fromNanos, long toNanos) {
        long last = fromNanos;
        long longest = 0;
        for (long moment : moments.stream().mapToLong(Long::longValue).sorted().toArray()) {
            if (moment - fromNanos > 0 && moment - toNanos < 0) {
                longest = Math.max(longest, moment - last);
                last = moment;
            }
        }
        return Duration.ofNanos(Math.max(longest, toNanos - last));
    }

    /** Ends the writers and looks for every write that was acknowledged, through this node. */
    void assertNothingLost(ClusterNode node) {
        close();
        for (Kind kind : kinds) {
            try (Workload.Session session = kind.at().apply(node)) {
                Set<String> missing = session.missing(kind.acknowledged());
                assertThat(missing).as("acknowledged and lost of %s", kind.name()).isEmpty();
            }
        }
    }

    /** Looks for what was acknowledged so far through a node that may refuse to answer, but not answer wrongly. */
    void assertNothingWrong(ClusterNode node) {
        for (Kind kind : kinds) {
            // Looking for messages would take them away.
            if (!kind.name().equals("messages")) {
                assertNothingWrong(node, kind);
            }
        }
    }

    private static void assertNothingWrong(ClusterNode node, Kind kind) {
        List<String> ids = List.copyOf(kind.acknowledged());
        try (Workload.Session session = kind.at().apply(node)) {
            assertThat(session.missing(ids)).as("wrong at %s: %s", node.id(), kind.name())
                    .isEmpty();
        } catch (SdkException | StatusRuntimeException refused) {
            assertThat(refused).as("a refusal at %s", node.id())
                    .hasMessageNotContaining("not exist");
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread writer : writers) {
                assertThat(writer.join(ClusterProcesses.PATIENCE.multipliedBy(2)))
                        .as("the writer ends").isTrue();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        sessions.forEach(Workload.Session::close);
        sessions.clear();
    }
}
