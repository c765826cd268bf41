package io.quorate.kv.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.leader.ThreeNodes.Member;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.hazelcast.Firewall;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import io.quorate.kv.shard.RouteTable;
import io.quorate.kv.shard.ShardRouter;
import io.quorate.kv.txn.GroupReplicas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The port by which a node says whether it leads. */
class VerifiedLeadershipTest {
    private static final Key KEY = Key.of(7, "key".getBytes(StandardCharsets.UTF_8));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ThreeNodes nodes = new ThreeNodes();
    private final DeadlineTimer timer = new DeadlineTimer("verified-leadership");

    @AfterEach
    void close() {
        timer.close();
        nodes.close();
    }

    @Test
    void theLeaderIsVerifiedForTheDefaultGroupForAKeyAndByNumber() {
        VerifiedLeadership probe = probe(nodes.leader());

        for (Mono<Void> question : List.of(probe.verifyLeader(), probe.verifyLeaderFor(KEY),
                probe.verifyLeaderOf(RouteTable.DEFAULT_GROUP))) {
            assertThat(failure(question)).isEmpty();
        }
        assertThat(probe.knownLeader(RouteTable.DEFAULT_GROUP)).contains(nodes.leader().name());
    }

    @Test
    void aFollowerSaysWhoLeads() {
        VerifiedLeadership probe = probe(nodes.followers().getFirst());
        KvFailure notLeader = new KvFailure.NotLeader(Optional.of(nodes.leader().name()));

        assertThat(failure(probe.verifyLeader())).contains(notLeader);
        assertThat(failure(probe.verifyLeaderFor(KEY))).contains(notLeader);
    }

    @Test
    void aGroupThatIsNotHereHasNoLeader() {
        VerifiedLeadership probe = probe(nodes.leader());

        assertThat(failure(probe.verifyLeaderOf(77))).contains(new KvFailure.NoLeader());
        assertThat(probe.knownLeader(77)).isEmpty();
    }

    @Test
    void aQuestionWithoutADeadlineIsADefect() {
        VerifiedLeadership probe = probe(nodes.leader());

        assertThatThrownBy(() -> probe.verifyLeaderFor(KEY).block(PATIENCE))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("no deadline");
    }

    @Test
    void aWriteOnTheLeaderWaitsForNoVerification() {
        Member leader = nodes.leader();
        Firewall.Rule confirms = nodes.raft()
                .hold(envelope -> envelope.type() == MessageType.CONFIRM);

        ThreeNodes.await(leader.proxy().commit(Transaction.of(new Put(KEY, Value.empty()))));

        assertThat(leader.store().getLatest(KEY)).isPresent();
        assertThat(ThreeNodes.failure(probe(leader).verifyLeader(), Duration.ofMillis(300)))
                .isEqualTo(new KvFailure.DeadlineExceeded());
        confirms.lift();
    }

    private VerifiedLeadership probe(Member of) {
        return new VerifiedLeadership(
                new GroupReplicas(new ShardRouter(RouteTable.single()),
                        Map.of(RouteTable.DEFAULT_GROUP, of.replica())),
                timer);
    }

    private static Optional<KvFailure> failure(Mono<Void> question) {
        try {
            question.contextWrite(Deadline.after(PATIENCE)::into).block(PATIENCE);
            return Optional.empty();
        } catch (KvException e) {
            return Optional.of(e.failure());
        }
    }
}
