package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Kills the server's process in the middle of writes on all protocols, starts it again, and looks for
 * every write that was acknowledged.
 */
class KillNineIT {
    private static final List<Workload> WORKLOADS = List.of(new ItemWorkload(),
            new MessageWorkload(), new ObjectWorkload());
    private static final int THREADS = 3;
    /** Acknowledged writes of each protocol after which the process is killed. */
    private static final int WRITES = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Map<Workload, Queue<String>> acknowledged = new ConcurrentHashMap<>();

    @Test
    void everyAcknowledgedWriteSurvivesThreeKills() throws Exception {
        killAndLook(3);
    }

    @Test
    @Tag("slow")
    void everyAcknowledgedWriteSurvivesTwentyKills() throws Exception {
        killAndLook(20);
    }

    private void killAndLook(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            writeAndKill(round);
        }
        try (ServerProcess server = start(rounds)) {
            AwsClients clients = AwsClients.of(server.port());
            for (Workload workload : WORKLOADS) {
                try (Workload.Session session = workload.open(clients)) {
                    assertThat(session.missing(
                            acknowledged.getOrDefault(workload, new ConcurrentLinkedQueue<>())))
                            .as("acknowledged writes of %s", workload.getClass().getSimpleName())
                            .isEmpty();
                }
            }
        }
    }

    private void writeAndKill(int round) throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        List<Workload.Session> sessions = new ArrayList<>();
        try (ServerProcess server = start(round)) {
            AwsClients clients = AwsClients.of(server.port()).withoutRetries();
            for (Workload workload : WORKLOADS) {
                Queue<String> done = acknowledged.computeIfAbsent(workload,
                        any -> new ConcurrentLinkedQueue<>());
                Workload.Session session = workload.open(clients);
                sessions.add(session);
                for (int thread = 0; thread < THREADS; thread++) {
                    String prefix = "r" + round + "-t" + thread + "-";
                    writers.add(Thread.ofPlatform()
                            .start(() -> write(session, prefix, done, stopped)));
                }
            }
            await().atMost(PATIENCE).until(() -> acknowledged.values().stream()
                    .allMatch(done -> done.size() >= (round + 1) * WRITES));
            server.killNine();
        } finally {
            stopped.set(true);
        }
        for (Thread writer : writers) {
            assertThat(writer.join(PATIENCE)).as("the writer ends").isTrue();
        }
        sessions.forEach(Workload.Session::close);
    }

    private static void write(Workload.Session session, String prefix, Queue<String> done,
            AtomicBoolean stopped) {
        for (int i = 0; !stopped.get(); i++) {
            try {
                session.write(prefix + i);
                done.add(prefix + i);
            } catch (SdkException e) {
                // Not acknowledged: it may be there or not.
                Thread.onSpinWait();
            }
        }
    }

    private ServerProcess start(int round) throws Exception {
        return ServerProcess.serve(directory.resolve("data"), directory.resolve("log-" + round));
    }
}
