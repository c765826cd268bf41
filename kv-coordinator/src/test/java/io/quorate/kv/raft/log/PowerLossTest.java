package io.quorate.kv.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cuts the power, or kills the process, at any byte of a random workload of several groups, again and again on the
 * same disk, recoveries included; whatever was acknowledged is there afterwards, in one of the states it may be in.
 */
class PowerLossTest {

    private static final int GROUPS = 4;
    private static final int CRASHES = 6;
    private static final int BYTES_BETWEEN_CRASHES_MAX = 60_000;

    private static final class Run {

        private final long seed;
        private final Random random;
        private final List<GroupModel> models = new ArrayList<>();
        private FaultyLogFiles files;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.files = new FaultyLogFiles(random);
            for (int group = 0; group < GROUPS; group++) {
                models.add(new GroupModel(group, random));
            }
        }

        void crashAgainAndAgain() {
            for (int crash = 0; crash < CRASHES; crash++) {
                script();
                try {
                    work();
                } catch (RaftLogException | IOException e) {
                    assertThat(e).as("seed %s crash %s", seed, crash)
                            .satisfies(x -> assertThat(isScripted(x)).isTrue());
                }
                files = random.nextInt(4) == 0 ? files.kill() : files.powerLoss();
            }
            verify("at the end");
        }

        private void script() {
            files.cutPowerAfter(random.nextInt(BYTES_BETWEEN_CRASHES_MAX));
            if (random.nextInt(3) == 0) {
                files.shortenWrites();
            }
            switch (random.nextInt(4)) {
                case 0 -> files.failForceAfter(random.nextInt(40));
                case 1 -> files.failWriteAfter(random.nextInt(40));
                default -> {
                }
            }
        }

        /** Only what the disk was told to do may go wrong. */
        private static boolean isScripted(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                String message = String.valueOf(cause.getMessage());
                if (cause instanceof FaultyLogFiles.PowerLost || message.contains("(scripted)")) {
                    return true;
                }
            }
            return false;
        }

        private void work() throws IOException {
            SegmentedRaftLog log = verifiedLog("after a crash");
            while (true) {
                int group = random.nextInt(GROUPS);
                switch (random.nextInt(12)) {
                    case 0 -> log.maintain();
                    case 1 -> {
                        models.get(group).flush(log.group(group));
                        assertThat(models.get(group).reads(log.group(group)))
                                .as("seed %s group %s reads", seed, group)
                                .isTrue();
                    }
                    case 2, 3 -> models.get(group).flush(log.group(group));
                    default -> models.get(group).change(log.group(group));
                }
            }
        }

        private void verify(String when) {
            verifiedLog(when).close();
        }

        private SegmentedRaftLog verifiedLog(String when) {
            SegmentedRaftLog log = LogFixture.open(files, LogFixture.settings(random.nextLong()));
            for (int group = 0; group < GROUPS; group++) {
                RecoveredGroup found = log.group(group).recovered();
                String expected = models.get(group).describe();
                assertThat(models.get(group).accepts(found))
                        .as("seed %s %s group %s: found %s, may be %s", seed, when,
                                group, GroupModel.Image.of(found), expected)
                        .isTrue();
            }
            return log;
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingAcknowledgedIsMissingAndNothingRemovedIsBack(long seed) {
        new Run(seed).crashAgainAndAgain();
    }

    @Test
    @Tag("slow")
    void nothingAcknowledgedIsMissingInAThousandRuns() {
        LongStream.range(1_000, 2_000).forEach(seed -> new Run(seed).crashAgainAndAgain());
    }
}
