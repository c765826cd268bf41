package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.Answer;
import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Rule10RingIsBoundedTest extends RuleTest {
    /** Small entries fill the ring by count long before they do by bytes. */
    private static RaftSettings fewPlacesManyBytes() {
        RaftSettings small = TestSettings.small();
        return new RaftSettings(small.timing(), small.appends(), small.window(),
                new RaftSettings.Ring(64, 1 << 20, 1 << 20), small.inbox());
    }

    @Test
    void proposalsGoOnThoughTheRingHasFewPlaces() {
        HazelcastWorld world = open(1, fewPlacesManyBytes());
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        List<Answer> answers = new ArrayList<>();

        for (int i = 0; i < 1_000; i++) {
            answers.add(driver.propose(leader, "e" + i));
            world.advance(Duration.ofMillis(3));
        }

        assertThat(answers).allMatch(Answer::isCommitted);
    }

    @Test
    void appendsAreShortenedByBytes() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        List<Firewall.Envelope> appends = record(world, MessageType.APPEND);

        for (int i = 0; i < 200; i++) {
            driver.propose(leader, "e" + i + "x".repeat(100));
        }
        driver.await("all answered", () -> driver.answers().stream().allMatch(Answer::isAnswered));

        assertThat(appends).hasSizeGreaterThan(50)
                .allMatch(append -> append.bytes().length < 1_000);
        assertThat(driver.answers()).allMatch(Answer::isCommitted);
    }
}
