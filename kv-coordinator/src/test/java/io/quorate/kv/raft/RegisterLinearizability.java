package io.quorate.kv.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.linearizability.Verdict;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine behind the {@link RaftGroup} port must give to clients, whatever happens. */
public abstract class RegisterLinearizability {
    /** A fresh world. */
    protected abstract RaftWorld newWorld(int members, long seed);

    /** Runs in every build. */
    protected abstract int ordinaryRuns();

    /** Runs when there is time. */
    protected abstract int slowRuns();

    @Test
    void clientsSeeOneOrderInRandomRuns() {
        runs(ordinaryRuns(), 300);
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void clientsSeeOneOrderInManyRandomRuns() {
        runs(slowRuns(), 400);
    }

    @Test
    void readsThatNobodyConfirmedAreFoundOut() {
        boolean found = false;
        for (int seed = 1; seed <= 30 && !found; seed++) {
            try (RaftWorld world = newWorld(3, seed)) {
                found = new RegisterChaos(world, seed, RegisterClients.Reads.UNCONFIRMED)
                        .run(300) instanceof Verdict.NotLinearizable;
            }
        }
        assertThat(found).as("a stale read was found").isTrue();
    }

    private void runs(int count, int steps) {
        Map<RegisterClients.Feat, Integer> feats = new EnumMap<>(RegisterClients.Feat.class);
        int changes = 0;
        for (int seed = Integer.getInteger("from", 1); seed <= count; seed++) {
            try (RaftWorld world = newWorld(seed % 3 == 0 ? 5 : 3, seed)) {
                RegisterChaos chaos = new RegisterChaos(world, seed,
                        RegisterClients.Reads.CONFIRMED);
                assertThat(chaos.run(steps)).isInstanceOf(Verdict.Linearizable.class);
                for (RegisterClients.Feat feat : RegisterClients.Feat.values()) {
                    feats.merge(feat, chaos.count(feat), Integer::sum);
                }
                changes += chaos.membershipChanges();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
        assertThat(feats).allSatisfy((feat, times) -> assertThat(times)
                .as(feat + " in " + count + " runs").isGreaterThan(count));
        assertThat(changes).as("membership changes").isGreaterThan(count);
    }
}
