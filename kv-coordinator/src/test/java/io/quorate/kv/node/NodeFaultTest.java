package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.failure;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import io.quorate.kv.raft.log.FaultyLogFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

/** What a node says and keeps when its disk fails. */
class NodeFaultTest {
    private static final Duration BRIEF = Duration.ofMillis(300);

    @TempDir
    Path directory;
    private final BlockingQueue<String> stops = new LinkedBlockingQueue<>();
    private final FaultyLogFiles disk = new FaultyLogFiles(new Random(7));
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void failedForceLeavesTheOutcomeUnknownAndStopsTheNode() throws Exception {
        RunningNode node = start(disk);
        put(node, "a", "1");

        disk.failForceAfter(0);
        KvFailure failure = failure(node.node().kv()
                .commit(Transaction.of(new Put(key("a"), value("2")))));

        assertThat(failure).isEqualTo(new KvFailure.OutcomeUnknown());
        await().until(() -> node.node().health().reasonNotReady().isPresent());
        assertThat(node.node().health().reasonNotReady())
                .contains("the log has stopped after a failed write");
        assertThat(stops.take()).isEqualTo("the log has stopped after a failed write");
        assertThat(failure(node.node().kv()
                .commit(Transaction.of(new Put(key("a"), value("3"))))))
                .isInstanceOf(KvFailure.Poisoned.class);
        assertThat(failure(node.node().probe().verifyLeader()))
                .isInstanceOf(KvFailure.Poisoned.class);
    }

    @Test
    void nothingAcknowledgedIsLostWhenAForceFailsAndThePowerGoes() throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            Path at = directory.resolve("seed" + seed);
            FaultyLogFiles machine = new FaultyLogFiles(new Random(seed));
            RunningNode node = start(at, machine);
            ConcurrentLinkedQueue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
            machine.failForceAfter(5 + seed);
            Disposable writers = writeUntilFailure(node, acknowledged);
            await().until(writers::isDisposed);
            node.close();

            RunningNode again = start(at, machine.powerLoss());

            assertThat(acknowledged).isNotEmpty();
            for (int number : acknowledged) {
                assertThat(again.text(key("k" + number))).as("seed %d", seed)
                        .contains("v" + number);
            }
        }
    }

    @Test
    void fullDiskIsSaidToWritersAndToOperatorsAndARestartWithRoomGoesOn() throws Exception {
        RunningNode node = keep(RunningNode.on(withoutReserve(),
                NodeSeams.system().withLogFiles(disk)));
        put(node, "a", "1");
        disk.limitCapacity(disk.usedBytes());

        KvFailure last = fillUp(node);

        assertThat(last).isInstanceOf(KvFailure.DiskFull.class);
        assertThat(node.node().health().reasonNotReady()).contains("the disk is full");
        node.close();
        FaultyLogFiles roomy = disk.kill();
        roomy.limitCapacity(Long.MAX_VALUE);
        RunningNode again = start(roomy);
        assertThat(again.node().health().reasonNotReady()).isEmpty();
        assertThat(again.text(key("a"))).contains("1");
        put(again, "a", "2");
        assertThat(again.text(key("a"))).contains("2");
    }

    @Test
    void littleSpaceRefusesWritesServesReadsAndPasses() throws Exception {
        long[] free = {1L << 30};
        RunningNode node = keep(RunningNode.on(directory,
                NodeSeams.system().withFreeSpace(path -> () -> free[0])));
        put(node, "a", "1");

        free[0] = (2 << 20) - 1;
        await().until(() -> node.node().health().reasonNotReady().isPresent());

        assertThat(node.node().health().reasonNotReady()).contains("the disk is nearly full");
        assertThat(failure(
                node.node().kv().commit(Transaction.of(new Put(key("a"), value("2"))))))
                .isEqualTo(new KvFailure.DiskFull());
        assertThat(node.text(key("a"))).contains("1");
        free[0] = 1L << 30;
        await().until(() -> node.node().health().reasonNotReady().isEmpty());
        put(node, "a", "2");
    }

    @Test
    void aWriteOnAStalledLeaderFailsAtItsOwnDeadline() throws Exception {
        StallingLogFiles stalling = new StallingLogFiles();
        RunningNode node = keep(
                RunningNode.on(directory, NodeSeams.system().withLogFiles(stalling)));
        put(node, "a", "1");
        stalling.stall();
        open.add(stalling::goOn);

        for (Duration patience : List.of(BRIEF, Duration.ofSeconds(2))) {
            Punctual.between(patience.multipliedBy(95).dividedBy(100), patience.plusMillis(150),
                    () -> assertThat(failure(node.node().kv()
                            .commit(Transaction.of(new Put(key("b" + patience), value("2")))),
                            patience)).isIn(new KvFailure.OutcomeUnknown(),
                                    new KvFailure.DeadlineExceeded()));
        }
    }

    @Test
    void whoWaitsForAKeyOfAnUnknownOutcomeSeesWhatBecameOfIt() throws Exception {
        StallingLogFiles stalling = new StallingLogFiles();
        RunningNode node = keep(
                RunningNode.on(directory, NodeSeams.system().withLogFiles(stalling)));
        put(node, "a", "1");
        stalling.stall();
        open.add(stalling::goOn);
        assertThat(failure(node.node().kv()
                .commit(Transaction.of(new Put(key("a"), value("2")))), BRIEF))
                .isEqualTo(new KvFailure.OutcomeUnknown());

        assertThat(failure(node.node().kv()
                .commit(Transaction.of(new Put(key("a"), value("3")))), BRIEF))
                .as("the latch is still held, so nothing was proposed")
                .isEqualTo(new KvFailure.DeadlineExceeded());
        stalling.goOn();

        put(node, "b", "1");
        assertThat(node.text(key("a"))).contains("2");
        put(node, "a", "4");
        assertThat(node.text(key("a"))).contains("4");
    }

    /** Admission does not stop before the disk is full. */
    private NodeSettings withoutReserve() {
        NodeSettings settings = RunningNode.settings(directory);
        NodeSettings.Disk rooms = settings.disk();
        return new NodeSettings(settings.dataDirectory(), settings.nodeId(), settings.threads(),
                new NodeSettings.Disk(rooms.marks(), rooms.log().withMinimumFree(0),
                        rooms.storage(), rooms.blobs()),
                settings.history());
    }

    private static KvFailure fillUp(RunningNode node) {
        for (int i = 0; i < 10_000; i++) {
            try {
                node.commit(Transaction.of(
                        new Put(key("fill" + i), io.quorate.kv.Value.of(new byte[100_000]))));
            } catch (KvException e) {
                if (!(e.failure() instanceof KvFailure.OutcomeUnknown)) {
                    return e.failure();
                }
            }
        }
        throw new AssertionError("the disk never became full");
    }

    private static Disposable writeUntilFailure(RunningNode node,
            ConcurrentLinkedQueue<Integer> acknowledged) {
        return reactor.core.publisher.Flux.range(0, 10_000)
                .flatMap(i -> node.node().kv()
                        .commit(Transaction.of(new Put(key("k" + i), value("v" + i))))
                        .doOnNext(committed -> acknowledged.add(i)), 4)
                .contextWrite(Deadline.after(Duration.ofSeconds(10))::into).then()
                .onErrorComplete().subscribe();
    }

    private static void put(RunningNode node, String name, String text) {
        node.commit(Transaction.of(new Put(key(name), value(text))));
    }

    private RunningNode start(FaultyLogFiles files) throws Exception {
        return start(directory, files);
    }

    private RunningNode start(Path at, FaultyLogFiles files) throws Exception {
        return keep(RunningNode.on(at,
                NodeSeams.system().withLogFiles(files).withFailStop(stops::add)));
    }

    private RunningNode keep(RunningNode node) {
        open.add(node);
        return node;
    }
}
