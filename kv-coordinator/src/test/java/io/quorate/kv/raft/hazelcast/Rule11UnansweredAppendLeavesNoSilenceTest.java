package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.Answer;
import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class Rule11UnansweredAppendLeavesNoSilenceTest extends RuleTest {
    @Test
    void followerWhoseAppendsAreLostStillHearsItsLeader() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        long term = world.group(leader).leadership().term();
        driver.others(leader)
                .forEach(other -> world.firewall().hold(leader, other, MessageType.APPEND));

        Answer answer = driver.propose(leader, "never arrives");
        world.advance(Duration.ofSeconds(5));

        assertThat(answer.isAnswered()).isFalse();
        assertThat(world.group(leader).leadership().serving()).isTrue();
        assertThat(world.group(leader).leadership().term()).isEqualTo(term);
    }

    @Test
    void lostAppendIsSentAgainWithinAHeartbeatAndAHalf() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        var lost = driver.others(leader).stream()
                .map(other -> world.firewall().hold(leader, other, MessageType.APPEND)).toList();
        Answer answer = driver.propose(leader, "late");
        world.advance(Duration.ofMillis(5));
        lost.forEach(Firewall.Rule::lift);

        boolean soon = world.runUntil(answer::isCommitted, Duration.ofMillis(150));

        assertThat(soon).isTrue();
    }
}
