package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cp.internal.raft.impl.dto.PreVoteResponse;
import com.hazelcast.cp.internal.raft.impl.dto.VoteResponse;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RecordingMachine;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import io.quorate.kv.raft.hazelcast.wire.RaftMessageCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Rule7OutsiderAsksForNoVotesTest {
    private final ManualTicker ticker = new ManualTicker(System.nanoTime());
    private final Firewall firewall = new Firewall(ticker::schedule, new Random(1));
    private final RaftMember voter = new RaftMember(new UUID(5, 1), "voter");
    private final RaftMember outsider = new RaftMember(new UUID(5, 2), "outsider");

    @AfterEach
    void letTimeRun() {
        MonotonicHazelcastClock.driveBy(System::nanoTime);
    }

    @Test
    void memberOutsideItsConfigurationNeverLeadsWhateverItIsAnswered() {
        MonotonicHazelcastClock.driveBy(ticker);
        List<MessageType> sent = new ArrayList<>();
        firewall.observe(envelope -> sent.add(envelope.type()));
        HazelcastRaftGroup group = open(outsider, List.of(voter));

        for (int i = 0; i < 20; i++) {
            ticker.advance(Duration.ofMillis(500));
            answer(new RaftMessage.PreVoteAnswered(new PreVoteResponse(voter, 1, i % 2 == 0)));
            answer(new RaftMessage.VoteAnswered(new VoteResponse(voter, 1, i % 2 == 0)));
        }

        assertThat(group.leadership().role()).isEqualTo(Leadership.Role.FOLLOWER);
        assertThat(sent).isEmpty();
        group.close();
    }

    @Test
    void memberOutsideItsConfigurationAnswersNoConfirm() {
        MonotonicHazelcastClock.driveBy(ticker);
        List<MessageType> sent = new ArrayList<>();
        firewall.observe(envelope -> sent.add(envelope.type()));

        try (HazelcastRaftGroup outside = open(outsider, List.of(voter))) {
            ticker.advance(Duration.ofMillis(500));
            answer(new RaftMessage.ConfirmAsked(outside.leadership().term(), 1));
            ticker.advance(Duration.ofMillis(500));

            assertThat(sent).doesNotContain(MessageType.CONFIRMED);
        }
        try (HazelcastRaftGroup inside = open(outsider,
                List.of(voter, outsider, new RaftMember(new UUID(5, 3), "third")))) {
            ticker.advance(Duration.ofMillis(200));
            answer(new RaftMessage.ConfirmAsked(inside.leadership().term(), 1));
            ticker.advance(Duration.ofMillis(50));

            assertThat(sent).as("a voter answers the same question")
                    .contains(MessageType.CONFIRMED);
        }
    }

    private HazelcastRaftGroup open(RaftMember member, List<RaftMember> founders) {
        return HazelcastRaftGroup.open(
                new GroupSetup(0, member, founders, TestSettings.small(),
                        firewall.transportOf(member.nodeId()),
                        (from, groupId, atLeast) -> CompletableFuture
                                .failedFuture(new AssertionError()),
                        new InMemoryGroupLog(0), new RecordingMachine(), Runnable::run,
                        new Random(1)),
                new SimulatedExecutor(ticker, 100, delay -> delay));
    }

    private void answer(RaftMessage message) {
        byte[] bytes = RaftMessageCodec.encode(message);
        firewall.inject(
                new Firewall.Envelope("voter", "outsider", 0, MessageType.of(bytes), bytes));
    }
}
