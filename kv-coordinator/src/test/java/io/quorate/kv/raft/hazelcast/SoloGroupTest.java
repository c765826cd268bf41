package io.quorate.kv.raft.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup.ProposalCallback;
import io.quorate.kv.raft.RecordingMachine;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A group of one member on real threads: elected, proposes, applies, restarts. */
class SoloGroupTest {
    private static final RaftMember SELF = new RaftMember(new UUID(1, 1), "n1");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final InMemoryGroupLog log = new InMemoryGroupLog(0);
    private final RecordingMachine machine = new RecordingMachine();
    private HazelcastRaftGroup group = open();

    @AfterEach
    void close() {
        group.close();
        timer.shutdownNow();
    }

    private HazelcastRaftGroup open() {
        RaftTransport nowhere = new RaftTransport() {
            @Override
            public void send(String target, int groupId, byte[] message) {
                throw new AssertionError("a group of one has nobody to speak to");
            }

            @Override
            public Registration register(int groupId, Receiver receiver) {
                return () -> {};
            }
        };
        return HazelcastRaftGroup
                .open(new GroupSetup(0, SELF, List.of(SELF), RaftSettings.forNodeWithGroups(1),
                        nowhere,
                        (member, groupId, atLeast) -> CompletableFuture
                                .failedFuture(new AssertionError("nobody")),
                        log,
                        machine, Runnable::run, new Random(1)), timer);
    }

    private Leadership awaitServing() {
        await().until(() -> group.leadership().serving());
        return group.leadership();
    }

    private String propose(long term, String text) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        group.propose(term, text.getBytes(UTF_8), new ProposalCallback() {
            @Override
            public void committed(long index, Object applied) {
                answer.complete(index + " " + applied);
            }

            @Override
            public void failed(RaftFailure failure) {
                answer.complete(failure.toString());
            }
        });
        return answer.join();
    }

    @Test
    void loneMemberLeadsAndApplies() {
        Leadership leadership = awaitServing();

        assertThat(leadership.voters()).containsExactly("n1");
        assertThat(propose(leadership.term(), "a")).isEqualTo("2 applied@2");
        assertThat(group.appliedIndex()).isEqualTo(2);
        assertThat(machine.commands()).containsExactly("a");
    }

    @Test
    void restartLeadsInALaterTermWithEverythingApplied() {
        long term = awaitServing().term();
        String answer = propose(term, "a");
        group.close();
        log.crash(0);
        machine.crash();

        group = open();
        Leadership again = awaitServing();

        assertThat(answer).isEqualTo("2 applied@2");
        assertThat(again.term()).isGreaterThan(term);
        assertThat(machine.commands()).containsExactly("a");
    }

    @Test
    void oldTermIsRefused() {
        long term = awaitServing().term();

        assertThat(propose(term - 1, "a"))
                .isEqualTo(new RaftFailure.NotLeader(Optional.of("n1")).toString());
        assertThat(machine.commands()).isEmpty();
    }
}
