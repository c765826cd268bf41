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
        HazelcastRaftGroup group = HazelcastRaftGroup.open(
                new GroupSetup(0, outsider, List.of(voter), TestSettings.small(),
                        firewall.transportOf("outsider"),
                        (member, groupId, atLeast) -> CompletableFuture
                                .failedFuture(new AssertionError()),
                        new InMemoryGroupLog(0), new RecordingMachine(), Runnable::run,
                        new Random(1)),
                new SimulatedExecutor(ticker, 100, delay -> delay));

        for (int i = 0; i < 20; i++) {
            ticker.advance(Duration.ofMillis(500));
            answer(new RaftMessage.PreVoteAnswered(new PreVoteResponse(voter, 1, i % 2 == 0)));
            answer(new RaftMessage.VoteAnswered(new VoteResponse(voter, 1, i % 2 == 0)));
        }

        assertThat(group.leadership().role()).isEqualTo(Leadership.Role.FOLLOWER);
        assertThat(sent).isEmpty();
        group.close();
    }

    private void answer(RaftMessage message) {
        byte[] bytes = RaftMessageCodec.encode(message);
        firewall.inject(
                new Firewall.Envelope("voter", "outsider", 0, MessageType.of(bytes), bytes));
    }
}
