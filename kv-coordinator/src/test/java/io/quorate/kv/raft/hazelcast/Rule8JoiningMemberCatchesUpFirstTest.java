package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.Answer;
import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rule8JoiningMemberCatchesUpFirstTest extends RuleTest {
    private static final int ENTRIES = 300;

    private static HazelcastRaftGroup group(HazelcastWorld world, String member) {
        return (HazelcastRaftGroup) world.group(member);
    }

    private static Answer add(HazelcastWorld world, String leader, RaftMember member) {
        Answer answer = new Answer("add " + member.nodeId());
        group(world, leader).addMember(member, answer);
        return answer;
    }

    private static String leaderWithEntries(RaftDriver driver) {
        String leader = driver.awaitLeader();
        for (int i = 0; i < ENTRIES; i++) {
            driver.proposeAndWait(leader, "e" + i);
        }
        return leader;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void emptyMemberJoinsByCheckpointWithoutDelayingACommit(int founders) {
        HazelcastWorld world = open(founders);
        RaftDriver driver = drive(world);
        List<Firewall.Envelope> offers = record(world, MessageType.INSTALL_SNAPSHOT);
        String leader = leaderWithEntries(driver);
        RaftMember joining = world.open("n9", MemberDisk::inMemory);

        Answer added = add(world, leader, joining);
        int slow = 0;
        while (!added.isAnswered()) {
            Answer meanwhile = driver.propose(leader, "m" + driver.answers().size());
            slow += world.runUntil(meanwhile::isAnswered, Duration.ofMillis(60)) ? 0 : 1;
        }
        driver.awaitSameHistory();

        assertThat(added.isCommitted()).isTrue();
        assertThat(slow).isZero();
        assertThat(offers).isNotEmpty();
        assertThat(world.group(leader).leadership().voters()).hasSize(founders + 1).contains("n9");
        assertThat(world.machine("n9").history()).isEqualTo(world.machine(leader).history());
    }

    @Test
    void emptyMemberJoinsFromTheDiskLogWhileItReachesBack() {
        HazelcastWorld world = open(3, MemberDisk::segmented);
        RaftDriver driver = drive(world);
        List<Firewall.Envelope> offers = record(world, MessageType.INSTALL_SNAPSHOT);
        String leader = leaderWithEntries(driver);
        RaftMember joining = world.open("n9", MemberDisk::segmented);

        Answer added = add(world, leader, joining);
        driver.await("added", added::isAnswered);
        driver.awaitSameHistory();

        assertThat(added.isCommitted()).isTrue();
        assertThat(offers).isEmpty();
        assertThat(world.machine("n9").commands()).hasSize(ENTRIES);
    }

    @Test
    void memberThatCannotBeReachedIsNotAdded() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        RaftMember nobody = world.open("n9", MemberDisk::inMemory);
        world.crash("n9");

        Answer added = add(world, leader, nobody);
        driver.await("given up", added::isAnswered);

        assertThat(added.failure()).contains(new RaftFailure.Overloaded("raft.member-catch-up"));
        assertThat(world.group(leader).leadership().voters()).hasSize(3);
    }

    @Test
    void deadMemberIsReplacedAndTheNewOneCountsForTheQuorum() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = leaderWithEntries(driver);
        String dead = driver.others(leader).get(0);
        String other = driver.others(leader).get(1);
        world.crash(dead);
        Answer removed = new Answer("remove");
        group(world, leader).removeMember(dead, removed);
        driver.await("removed", removed::isAnswered);

        Answer added = add(world, leader, world.open("n9", MemberDisk::inMemory));
        driver.await("added", added::isAnswered);
        world.crash(other);
        Answer answer = driver.proposeAndWait(leader, "by two of three");

        assertThat(removed.isCommitted()).isTrue();
        assertThat(added.isCommitted()).isTrue();
        assertThat(answer.isCommitted()).isTrue();
        assertThat(world.group(leader).leadership().voters()).containsExactlyInAnyOrder(leader,
                other, "n9");
    }

    @Test
    void membershipSurvivesPowerLossOfAll() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = leaderWithEntries(driver);
        Answer added = add(world, leader, world.open("n9", MemberDisk::inMemory));
        driver.await("added", added::isAnswered);
        driver.awaitSameHistory();

        world.members().forEach(world::crash);
        world.members().forEach(world::restart);
        driver.awaitSameHistory();

        assertThat(world.group("n9").leadership().voters()).hasSize(4);
    }
}
