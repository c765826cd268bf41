package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.gateway.it.AwsClients;
import io.quorate.gateway.it.ItemWorkload;
import io.quorate.gateway.it.MessageWorkload;
import io.quorate.gateway.it.ObjectWorkload;
import io.quorate.gateway.it.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;

/** Writers of all three protocols at every endpoint, with the SDK's usual retries; they remember what was acknowledged. */
final class MixedLoad implements AutoCloseable {
    /** Between two writes of one writer: the load is to be there, not to fill the machine. */
    private static final long PACE_NANOS = 20_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Workload> workloads = List.of(new ItemWorkload(), new MessageWorkload(),
            new ObjectWorkload(false));
    private final Map<Workload, Queue<String>> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Long> moments = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private final List<Workload.Session> sessions = new ArrayList<>();
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean stopped;

    /** A load that begins now, at every node. */
    MixedLoad(ClusterProcesses cluster) {
        for (Workload workload : workloads) {
            Queue<String> done = new ConcurrentLinkedQueue<>();
            acknowledged.put(workload, done);
            for (ClusterNode node : cluster.nodes()) {
                Workload.Session session = workload.open(node.clients());
                sessions.add(session);
                String prefix = node.id() + "-";
                writers.add(
                        Thread.ofPlatform().start(() -> write(session, prefix, done)));
            }
        }
    }

    private void write(Workload.Session session, String prefix, Queue<String> done) {
        for (int i = 0; !stopped; i++) {
            try {
                session.write(prefix + i);
                done.add(prefix + i);
                moments.add(System.nanoTime());
                LockSupport.parkNanos(PACE_NANOS);
            } catch (SdkException notAcknowledged) {
                // It may be there or not.
                refused.incrementAndGet();
                LockSupport.parkNanos(PACE_NANOS);
            }
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

    /** Ends the writers and looks for every write that was acknowledged, through this endpoint. */
    void assertNothingLost(AwsClients endpoint) {
        close();
        for (Workload workload : workloads) {
            try (Workload.Session session = workload.open(endpoint)) {
                Set<String> missing = session.missing(
                        acknowledged.getOrDefault(workload, new ConcurrentLinkedQueue<>()));
                assertThat(missing).as("acknowledged and lost of %s",
                        workload.getClass().getSimpleName()).isEmpty();
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread writer : writers) {
                assertThat(writer.join(PATIENCE)).as("the writer ends").isTrue();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        sessions.forEach(Workload.Session::close);
        sessions.clear();
    }
}
