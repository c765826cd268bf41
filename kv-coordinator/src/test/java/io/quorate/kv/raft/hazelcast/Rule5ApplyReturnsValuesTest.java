package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.Answer;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Rule5ApplyReturnsValuesTest extends RuleTest {
    @Test
    void exceptionGivenBackAsAResultPoisons() {
        HazelcastWorld world = open(1);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        world.machine(leader).answerWithException();

        Answer answer = driver.proposeAndWait(leader, "x");

        assertThat(answer.failure()).contains(new RaftFailure.OutcomeUnknown());
        assertThat(world.group(leader).leadership().role()).isEqualTo(Leadership.Role.POISONED);
    }

    @Test
    void entryOfAnUnknownKindStopsTheMember() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String follower = driver.others(leader).get(0);
        List<Firewall.Envelope> appends = record(world, MessageType.APPEND);
        driver.proposeAndWait(leader, "mark");
        Firewall.Envelope append = appends.get(0);
        byte[] unknown = append.bytes().clone();
        int kind = unknown.length - "mark".length() - 1;
        Arrays.fill(unknown, kind, kind + 1, (byte) 77);

        world.firewall().inject(new Firewall.Envelope(leader, follower, 0, append.type(), unknown));
        world.advance(Duration.ofMillis(5));

        assertThat(world.group(follower).leadership().role()).isEqualTo(Leadership.Role.POISONED);
    }
}
