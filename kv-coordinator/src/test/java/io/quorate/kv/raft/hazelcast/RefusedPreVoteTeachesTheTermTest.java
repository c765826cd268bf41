package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusedPreVoteTeachesTheTermTest extends RuleTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void memberWithTheLongerLogLeadsThoughTheOtherIsTermsAhead() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String longer = driver.awaitLeader();
        long term = world.group(longer).leadership().term();
        String votes = driver.others(longer).get(0);
        String dies = driver.others(longer).get(1);
        driver.isolate(longer);
        driver.propose(longer, "nobody else has it");
        world.advance(Duration.ofMillis(20));
        // One votes for the other term after term and hears nothing from it but that it wants votes.
        world.firewall().hold(dies, votes, MessageType.APPEND);
        var mute = world.firewall().hold(votes, dies, MessageType.PRE_VOTE_REQUEST);
        while (world.group(votes).leadership().term() < term + 3) {
            assertThat(world.runUntil(() -> world.group(dies).leadership()
                    .role() == Leadership.Role.LEADER, LONG)).isTrue();
            world.crash(dies);
            world.restart(dies);
        }
        world.crash(dies);
        mute.lift();

        world.healNetwork();

        assertThat(world.runUntil(() -> world.group(longer).leadership().serving(), LONG))
                .as("it leads").isTrue();
    }
}
