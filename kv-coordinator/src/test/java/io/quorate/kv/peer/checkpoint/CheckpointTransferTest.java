package io.quorate.kv.peer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.BindableService;
import io.quorate.kv.peer.TestCluster;
import io.quorate.kv.peer.TestPeer;
import io.quorate.kv.raft.hazelcast.CheckpointFetcher.Fetched;
import io.quorate.kv.raft.hazelcast.CheckpointMark;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTransferTest {
    private static final int GROUP = 3;
    private static final long INDEX = 77;
    private static final CheckpointMark MARK = new CheckpointMark(INDEX, 5, 2,
            List.of(new RaftMember(TestPeer.uuid("n1"), "n1"),
                    new RaftMember(TestPeer.uuid("n2"), "n2")));
    private static final CheckpointSettings SETTINGS = new CheckpointSettings(2, 2, 1L << 40,
            Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(30));

    @TempDir
    private Path directory;
    private final TestCluster cluster = new TestCluster();
    private final TestPeer serving = new TestPeer("n1", cluster);
    private final TestPeer fetching = new TestPeer("n2", cluster);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private final Traffic traffic = new Traffic();
    @SuppressWarnings("NullAway.Init")
    private CheckpointService service;
    @SuppressWarnings("NullAway.Init")
    private GrpcCheckpointFetcher fetcher;

    @BeforeEach
    void files() {
        Random random = new Random(1);
        for (int size : new int[]{0, 1, 3 << 20, 256 << 10, (256 << 10) + 1}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            files.put("file-" + size + ".sst", content);
        }
    }

    @AfterEach
    void stop() {
        fetcher.close();
        fetching.close();
        serving.close();
        service.close();
        timer.shutdownNow();
    }

    private void start(CheckpointSettings settings, UnaryOperator<BindableService> between) {
        service = new CheckpointService(directory.resolve("offered"), settings, timer, traffic);
        service.register(GROUP, this::make);
        serving.start(between.apply(service.service()));
        fetcher = new GrpcCheckpointFetcher(fetching.connections(), directory.resolve("fetched"),
                settings, traffic);
    }

    private CompletableFuture<CheckpointMark> make(Path into) {
        try {
            made.incrementAndGet();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(into.resolve(file.getKey()), file.getValue());
            }
            return CompletableFuture.completedFuture(MARK);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Fetched fetch(long atLeast) {
        return fetcher.fetch("n1", GROUP, atLeast).toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS).join();
    }

    private void assertArrived(Fetched fetched) throws IOException {
        assertThat(fetched.mark()).isEqualTo(MARK);
        try (Stream<Path> list = Files.list(fetched.directory())) {
            assertThat(list.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(files.keySet());
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(Files.readAllBytes(fetched.directory().resolve(file.getKey())))
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void allFilesArriveWithTheirMark() throws IOException {
        start(SETTINGS, honest -> honest);

        assertArrived(fetch(INDEX));
        assertThat(fetcher.progress()).isEmpty();
    }

    @Test
    void bytesAreToldByGroupAndPeerWithTheirTotal() {
        start(SETTINGS, honest -> honest);
        long bytes = files.values().stream().mapToLong(each -> each.length).sum();

        fetch(INDEX);

        assertThat(traffic.figure("sent n2")).isEqualTo(bytes);
        assertThat(traffic.figure("received n1")).isEqualTo(bytes);
        assertThat(traffic.most("receives n1")).isEqualTo(bytes);
        assertThat(traffic.most("sends n2")).isEqualTo(bytes);
        Awaitility.await("both have ended").atMost(Duration.ofSeconds(60))
                .until(() -> traffic.now("receives n1") == 0 && traffic.now("sends n2") == 0);
    }

    @Test
    void transferThatBreaksGoesOnWhereItStopped() throws IOException {
        CompletableFuture<MeddlingService> between = new CompletableFuture<>();
        start(SETTINGS, honest -> {
            between.complete(new MeddlingService(honest, 0, 5));
            return between.join();
        });

        assertArrived(fetch(INDEX));

        int whole = files.values().stream().mapToInt(each -> (each.length + 262_143) / 262_144)
                .sum();
        assertThat(between.join().chunks()).isGreaterThan(whole).isLessThan(2 * whole);
        assertThat(made).hasValue(1);
    }

    @Test
    void damagedChunkIsNotTakenAndAskedForAgain() throws IOException {
        start(SETTINGS, honest -> new MeddlingService(honest, 7, 0));

        assertArrived(fetch(INDEX));
    }

    @Test
    void sourceWhoseChunksAreAllDamagedIsGivenUp() {
        start(SETTINGS, honest -> new MeddlingService(honest, 1, 0));

        assertThatThrownBy(() -> fetch(INDEX)).isInstanceOf(CompletionException.class)
                .cause().isInstanceOf(CheckpointFailedException.class)
                .hasCauseInstanceOf(DamagedChunkException.class);
    }

    @Test
    void fetchThatWasGivenUpIsGoneOnWithByTheNext() throws IOException {
        CheckpointSettings impatient = new CheckpointSettings(2, 2, 1L << 40,
                Duration.ofMinutes(5), Duration.ofMillis(1), Duration.ofMillis(1));
        CompletableFuture<MeddlingService> between = new CompletableFuture<>();
        start(impatient, honest -> {
            between.complete(new MeddlingService(honest, 0, 8));
            return between.join();
        });
        assertThatThrownBy(() -> fetch(INDEX)).isInstanceOf(CompletionException.class);
        assertThatThrownBy(() -> fetch(INDEX)).isInstanceOf(CompletionException.class);

        assertArrived(fetch(INDEX));
        assertThat(made).hasValue(1);
    }

    @Test
    void checkpointThatLacksTheIndexIsNotTaken() {
        start(SETTINGS, honest -> honest);

        assertThatThrownBy(() -> fetch(INDEX + 1)).isInstanceOf(CompletionException.class);
    }

    @Test
    void groupThatIsNotThereHasNoCheckpoint() {
        start(SETTINGS, honest -> honest);

        assertThatThrownBy(() -> fetcher.fetch("n1", GROUP + 1, 1).toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(CompletionException.class);
    }

    @Test
    void offeredCheckpointServesTheNextFetchToo() throws IOException {
        start(SETTINGS, honest -> honest);

        assertArrived(fetch(INDEX));
        assertArrived(fetch(INDEX - 1));

        assertThat(made).hasValue(1);
    }

    @Test
    void whatIsLeftOfAReleasedCheckpointGoes() {
        start(SETTINGS, honest -> honest);
        Fetched fetched = fetch(INDEX);

        fetcher.release(fetched);

        await().until(() -> !Files.exists(fetched.directory()));
    }

    @Test
    void rateBoundsWhatIsSent() throws IOException {
        int bytesPerSecond = 4 << 20;
        start(new CheckpointSettings(2, 2, bytesPerSecond, Duration.ofMinutes(5),
                Duration.ofSeconds(3), Duration.ofSeconds(30)), honest -> honest);
        long start = System.nanoTime();

        assertArrived(fetch(INDEX));

        long bytes = files.values().stream().mapToLong(each -> each.length).sum();
        double least = 0.8 * bytes / bytesPerSecond;
        assertThat((System.nanoTime() - start) / 1e9).isGreaterThan(least);
        assertThat(traffic.figure("sent n2")).isEqualTo(bytes);
    }

    @Test
    void whatAFormerProcessLeftIsDeletedAtStart() throws IOException {
        Path left = directory.resolve("fetched").resolve("group-1-1");
        Files.createDirectories(left);
        Files.writeString(left.resolve("file"), "left");

        start(SETTINGS, honest -> honest);

        assertThat(left).doesNotExist();
    }

    @Test
    void nodeThatStopsDeletesWhatItOffered() throws IOException {
        start(SETTINGS, honest -> honest);
        fetch(INDEX);

        service.close();

        try (Stream<Path> offered = Files.list(directory.resolve("offered"))) {
            assertThat(offered).isEmpty();
        }
    }

    /** Adds up what is told of the one group, by peer. */
    private static final class Traffic implements CheckpointListener {
        private final Map<String, Long> sums = new ConcurrentHashMap<>();
        private final Map<String, Long> last = new ConcurrentHashMap<>();
        private final Map<String, Long> most = new ConcurrentHashMap<>();

        long figure(String what) {
            return sums.getOrDefault(what, 0L);
        }

        long most(String what) {
            return most.getOrDefault(what, 0L);
        }

        long now(String what) {
            return last.getOrDefault(what, -1L);
        }

        @Override
        public void sent(int group, String peer, long bytes) {
            sums.merge("sent " + peer, group == GROUP ? bytes : 0, Long::sum);
        }

        @Override
        public void received(int group, String peer, long bytes) {
            sums.merge("received " + peer, group == GROUP ? bytes : 0, Long::sum);
        }

        @Override
        public void sends(int group, String peer, long total) {
            note("sends " + peer, total);
        }

        @Override
        public void receives(int group, String peer, long total) {
            note("receives " + peer, total);
        }

        private void note(String what, long total) {
            last.put(what, total);
            most.merge(what, total, Math::max);
        }
    }
}
