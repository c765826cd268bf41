package io.quorate.kv.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every group on its own thread and the log's own threads beside them, while the power is cut at any byte. */
class ConcurrentGroupsTest {

    private static final int GROUPS = 6;
    private static final int CRASHES = 4;
    private static final int BYTES_BETWEEN_CRASHES = 150_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(GROUPS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void groupsThatWriteTogetherLoseNothing(long seed) {
        crashAgainAndAgain(seed);
    }

    @Test
    @Tag("slow")
    void groupsThatWriteTogetherLoseNothingInManyRuns() {
        LongStream.range(1_000, 1_300).forEach(this::crashAgainAndAgain);
    }

    private void crashAgainAndAgain(long seed) {
        Random random = new Random(seed);
        FaultyLogFiles files = new FaultyLogFiles(random);
        List<GroupModel> models = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            models.add(new GroupModel(group, new Random(seed * GROUPS + group)));
        }
        for (int crash = 0; crash < CRASHES; crash++) {
            SegmentedRaftLog log = opened(files, seed);
            for (int group = 0; group < GROUPS; group++) {
                RecoveredGroup found = log.group(group).recovered();
                assertThat(models.get(group).accepts(found))
                        .as("seed %s crash %s group %s: found %s, may be %s", seed,
                                crash, group, GroupModel.Image.of(found),
                                models.get(group).describe())
                        .isTrue();
            }
            files.cutPowerAfter(random.nextInt(BYTES_BETWEEN_CRASHES));
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int group = 0; group < GROUPS; group++) {
                GroupModel model = models.get(group);
                GroupLog handle = log.group(group);
                running.add(
                        CompletableFuture.runAsync(() -> writeUntilTheEnd(model, handle), threads));
            }
            running.forEach(CompletableFuture::join);
            log.close();
            files = files.powerLoss();
        }
    }

    private static SegmentedRaftLog opened(FaultyLogFiles files, long seed) {
        return SegmentedRaftLog.open(LogFixture.DIRECTORY, files, LogFixture.settings(seed),
                LogListener.none());
    }

    private static void writeUntilTheEnd(GroupModel model, GroupLog group) {
        try {
            while (true) {
                for (int i = 0; i < 3; i++) {
                    model.change(group);
                }
                model.flush(group);
                assertThat(model.reads(group)).isTrue();
            }
        } catch (RaftLogException e) {
            assertThat(e).hasRootCauseInstanceOf(FaultyLogFiles.PowerLost.class);
        }
    }
}
