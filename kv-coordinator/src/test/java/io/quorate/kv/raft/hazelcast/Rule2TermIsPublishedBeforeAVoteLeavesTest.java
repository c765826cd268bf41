package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Rule2TermIsPublishedBeforeAVoteLeavesTest extends RuleTest {
    @Test
    void whoHasVotedInALaterTermConfirmsNothingFromTheInstantItsVoteLeaves() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        long term = world.group(leader).leadership().term();
        List<String> confirmedAfterVote = new ArrayList<>();
        List<String> voted = new ArrayList<>();
        world.firewall().observe(envelope -> {
            if (envelope.type() == MessageType.VOTE_RESPONSE
                    || envelope.type() == MessageType.VOTE_REQUEST) {
                voted.add(envelope.from());
                confirmNow(world, envelope.from(), term, confirmedAfterVote);
            }
        });

        world.crash(leader);
        driver.awaitLeader();

        assertThat(voted).hasSizeGreaterThanOrEqualTo(2);
        assertThat(confirmedAfterVote).isEmpty();
    }

    /** Asks in the very call that sends the vote, as a transport's thread might. */
    private static void confirmNow(HazelcastWorld world, String voter, long term,
            List<String> confirmed) {
        List<Firewall.Envelope> answers = new ArrayList<>();
        world.firewall().observe(envelope -> {
            if (envelope.type() == MessageType.CONFIRMED && envelope.from().equals(voter)) {
                answers.add(envelope);
            }
        });
        world.firewall().ask("nobody", voter, new RaftMessage.ConfirmAsked(term, 1));
        answers.forEach(answer -> confirmed.add(voter));
    }

    @Test
    void whoIsStillInTheTermConfirms() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        List<String> confirmed = new ArrayList<>();

        confirmNow(world, driver.others(leader).get(0), world.group(leader).leadership().term(),
                confirmed);

        assertThat(confirmed).hasSize(1);
    }

    @Test
    void restartedMemberKnowsItsTermBeforeItAnswers() {
        HazelcastWorld world = open(3);
        RaftDriver driver = drive(world);
        String leader = driver.awaitLeader();
        String follower = driver.others(leader).get(0);
        long term = world.group(leader).leadership().term();
        driver.proposeAndWait(leader, "a");
        world.advance(Duration.ofMillis(200));
        List<String> older = new ArrayList<>();
        List<String> same = new ArrayList<>();

        world.crash(follower);
        world.restart(follower);
        confirmNow(world, follower, term - 1, older);
        // It answers once it has read from its log that it is a voter.
        world.advance(Duration.ofMillis(1));
        confirmNow(world, follower, term, same);

        assertThat(older).isEmpty();
        assertThat(same).hasSize(1);
    }
}
