package io.quorate.kv.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.ScriptedRaftGroup;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a leader without room hands over, and to whom. */
class SpaceHandOverTest {
    private final ScriptedRaftGroup group = new ScriptedRaftGroup();
    private final Set<String> roomy = new HashSet<>(List.of("b", "c"));
    private boolean full = true;
    private long now;
    private final SpaceHandOver handOver = new SpaceHandOver(group, () -> full,
            () -> List.of(new Successor("b", 10), new Successor("c", 12)), roomy::contains,
            () -> now);

    @BeforeEach
    void lead() {
        group.lead(3, true);
    }

    @Test
    void leadershipGoesToTheFurthestThatHasRoom() {
        handOver.tick();

        assertThat(group.transferredTo()).contains("c");
    }

    @Test
    void oneWithoutRoomIsPassedOver() {
        roomy.remove("c");

        handOver.tick();

        assertThat(group.transferredTo()).contains("b");
    }

    @Test
    void leadershipStaysWhenNobodyHasRoom() {
        roomy.clear();

        handOver.tick();

        assertThat(group.transferredTo()).isEmpty();
    }

    @Test
    void leadershipStaysWhileThereIsRoom() {
        full = false;

        handOver.tick();

        assertThat(group.transferredTo()).isEmpty();
    }

    @Test
    void aFollowerHandsNothingOver() {
        group.stepDown(4, "b");

        handOver.tick();

        assertThat(group.transferredTo()).isEmpty();
    }

    @Test
    void anotherIsTriedAfterAPauseWhenOneDidNotTakeOver() {
        handOver.tick();
        group.transferring(false);

        now += SpaceHandOver.PAUSE.toNanos() - 1;
        handOver.tick();
        assertThat(group.transferredTo()).as("within the pause").contains("c");
        now++;
        handOver.tick();

        assertThat(group.transferredTo()).contains("b");
    }

    @Test
    void theOnlyOneWithRoomIsTriedAgain() {
        roomy.remove("b");
        handOver.tick();
        group.transferring(false);
        now += SpaceHandOver.PAUSE.toNanos();

        handOver.tick();

        assertThat(group.leadership().transferring()).isTrue();
    }
}
