package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A world that a subclass provides, and what drives it. */
public abstract class ConformanceFixture {
    static final long SEED = 42;

    @Nullable
    RaftWorld opened;
    @SuppressWarnings("NullAway.Init") // every test starts with start()
    RaftWorld world;
    @SuppressWarnings("NullAway.Init") // every test starts with start()
    RaftDriver driver;

    /** A new world of so many members, all running; the seed decides what is left to chance. */
    protected abstract RaftWorld newWorld(int members, long seed);

    /** How many random runs an ordinary build makes. */
    protected abstract int ordinaryRuns();

    /** How many the long campaign makes. */
    protected abstract int slowRuns();

    void start(int members) {
        world = newWorld(members, SEED);
        opened = world;
        driver = new RaftDriver(world);
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    void runs(int count, int steps) {
        long committed = 0;
        long confirmed = 0;
        for (int seed = Integer.getInteger("from", 1); seed <= count; seed++) {
            try (RaftWorld each = newWorld(seed % 3 == 0 ? 5 : seed % 20 == 1 ? 1 : 3, seed)) {
                RaftChaos chaos = new RaftChaos(each, seed);
                chaos.run(steps);
                committed += chaos.committed();
                confirmed += chaos.confirmedRounds();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
        assertThat(committed).as("acknowledged proposals").isGreaterThan(10L * count);
        assertThat(confirmed).as("confirmed rounds").isGreaterThan(2L * count);
    }
}
