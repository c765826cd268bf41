package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.Answer;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.RaftFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A data directory that was removed holds its own removal, which would silence it for good as a voter. */
class Rule8RemovedMemberNeverReturnsTest extends RuleTest {
    private static final int ENTRIES = 300;

    @Test
    void leaderThatSawTheRemovalRefusesTheMember() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String gone = driver.others(leader).get(0);
        remove(world, driver, leader, gone);

        Answer again = add(world, driver, leader, gone);

        assertThat(again.failure()).contains(new RaftFailure.MemberWasRemoved(gone));
        assertThat(world.group(leader).leadership().voters()).hasSize(2);
    }

    @Test
    void memberThatLearnsOfItsRemovalSaysSoAndStops() {
        HazelcastWorld world = open(3, MemberDisk::segmented);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        List<String> others = driver.others(leader);
        String gone = others.get(0);
        remove(world, driver, leader, gone);
        // The others forget by a snapshot and a restart that there was a removal.
        for (int i = 0; i < ENTRIES; i++) {
            driver.proposeAndWait(leader, "e" + i);
        }
        List<String> rest = List.of(leader, others.get(1));
        rest.forEach(world::crash);
        rest.forEach(world::restart);
        driver.await("a leader of the rest", () -> rest.stream()
                .anyMatch(member -> world.group(member).leadership().serving()));
        String next = rest.stream().filter(member -> world.group(member).leadership().serving())
                .findFirst().orElseThrow();

        Answer again = add(world, driver, next, gone);

        HazelcastRaftGroup removed = (HazelcastRaftGroup) world.group(gone);
        assertThat(again.failure()).contains(new RaftFailure.Overloaded("raft.member-catch-up"));
        assertThat(world.group(next).leadership().voters()).hasSize(2).doesNotContain(gone);
        assertThat(removed.leadership().role()).isEqualTo(Leadership.Role.POISONED);
        assertThat(removed.isRemoved()).isTrue();
        assertThat(removed.stopped()).get().extracting(RaftFailure.Poisoned::reason)
                .isEqualTo("this member was removed from its group");
    }

    private static void remove(HazelcastWorld world, RaftDriver driver, String leader,
            String member) {
        Answer removed = new Answer("remove");
        world.removeMember(leader, member, removed);
        driver.await("removed", removed::isAnswered);
        assertThat(removed.isCommitted()).isTrue();
    }

    private static Answer add(HazelcastWorld world, RaftDriver driver, String leader,
            String member) {
        Answer added = new Answer("add");
        world.addMember(leader, member, added);
        driver.await("answered", added::isAnswered);
        return added;
    }
}
