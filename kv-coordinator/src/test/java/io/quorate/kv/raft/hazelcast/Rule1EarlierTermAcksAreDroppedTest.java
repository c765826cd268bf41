package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import io.quorate.kv.raft.Answer;
import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class Rule1EarlierTermAcksAreDroppedTest extends RuleTest {
    private Answer proposeAlone(HazelcastWorld world, RaftDriver driver, long ackTermOffset) {
        String leader = driver.awaitLeader();
        world.crash(leader);
        String second = driver.awaitLeader();
        world.restart(leader);
        driver.awaitLeader();
        driver.isolate(second);
        Answer answer = driver.propose(second, "only here");
        world.advance(Duration.ofMillis(20));
        long term = world.group(second).leadership().term() + ackTermOffset;
        long index = world.group(second).commitIndex() + 1;
        List<String> two = driver.others(second).subList(0, 2);
        for (String follower : two) {
            HazelcastRaftGroup group = (HazelcastRaftGroup) world.group(follower);
            inject(world, follower, second, new RaftMessage.AppendAccepted(
                    new AppendSuccessResponse(group.member(), (int) term, index, 0, 0)));
        }
        world.advance(Duration.ofMillis(20));
        return answer;
    }

    @Test
    void ackOfAnEarlierTermCommitsNothing() {
        HazelcastWorld world = open(5);

        Answer answer = proposeAlone(world, drive(world), -1);

        assertThat(answer.isCommitted()).isFalse();
    }

    @Test
    void theSameAckOfThisTermWouldHaveCommitted() {
        HazelcastWorld world = open(5);

        Answer answer = proposeAlone(world, drive(world), 0);

        assertThat(answer.isCommitted()).isTrue();
    }

    @Test
    void refusalFromALaterTermStillDeposesTheLeader() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        long term = world.group(leader).leadership().term();
        HazelcastRaftGroup follower = (HazelcastRaftGroup) world
                .group(driver.others(leader).get(0));

        inject(world, follower.self(), leader,
                new RaftMessage.AppendRejected(follower.member(), (int) term + 3, 1, 0, 0));
        world.advance(Duration.ofMillis(5));

        assertThat(world.group(leader).leadership().isLeader()).isFalse();
        assertThat(world.group(leader).leadership().term()).isEqualTo(term + 3);
    }
}
