package io.quorate.kv.raft.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cp.internal.raft.QueryPolicy;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.dto.AppendFailureResponse;
import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import com.hazelcast.cp.internal.raft.impl.dto.InstallSnapshot;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteResponse;
import com.hazelcast.cp.internal.raft.impl.dto.VoteRequest;
import com.hazelcast.cp.internal.raft.impl.dto.VoteResponse;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.log.SnapshotEntry;
import com.hazelcast.cp.internal.raft.impl.task.PreVoteTask;
import com.hazelcast.spi.impl.InternalCompletableFuture;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the library does by itself. Each of these is why the host has a rule; should one of them fail after an upgrade,
 * the rule may have become unnecessary.
 */
class BareLibraryDefectsTest {
    private final ManualTicker ticker = new ManualTicker(System.nanoTime());
    private final List<RaftMember> three = BareNode.members(3);
    private final List<RaftMember> five = BareNode.members(5);

    @BeforeEach
    void turnTimeByHand() {
        MonotonicHazelcastClock.driveBy(ticker);
    }

    @AfterEach
    void letTimeRun() {
        MonotonicHazelcastClock.driveBy(System::nanoTime);
    }

    private static LogEntry entry(int term, long index, String text) {
        return new LogEntry(term, index, text);
    }

    private static AppendRequest append(RaftMember leader, int term, long previous,
            int previousTerm,
            LogEntry... entries) {
        return new AppendRequest(leader, term, previousTerm, previous, 0, entries, 0, 1);
    }

    @Test
    void rule1AcksOfAnEarlierTermCommitWhatNobodyElseHas() {
        BareNode leader = new BareNode(five.get(0), five, new BareStore());
        leader.becomeLeader(five.subList(1, 3));
        InternalCompletableFuture<?> answer = leader.raft().replicate("x");
        leader.runTasks();
        int earlier = leader.raft().state().term() - 1;
        long last = leader.raft().state().log().lastLogOrSnapshotIndex();

        for (RaftMember follower : five.subList(1, 4)) {
            leader.raft()
                    .handleAppendResponse(new AppendSuccessResponse(follower, earlier, last, 0, 0));
        }
        leader.runTasks();

        assertThat(answer.isDone()).isTrue();
        assertThat(leader.raft().state().commitIndex()).isEqualTo(last);
    }

    @Test
    void rule2LateQueryIsAnsweredByAnAckOlderThanItself() {
        BareNode leader = new BareNode(three.get(0), three, new BareStore());
        leader.becomeLeader(three.subList(1, 2));
        long first = leader.raft().state().log().lastLogOrSnapshotIndex();
        int term = leader.raft().state().term();
        leader.raft()
                .handleAppendResponse(new AppendSuccessResponse(three.get(1), term, first, 0, 1));
        leader.runTasks();
        InternalCompletableFuture<?> early = leader.raft().query("query early",
                QueryPolicy.LINEARIZABLE);
        leader.runTasks();
        long round = leader.raft().state().leaderState().queryRound();
        AppendSuccessResponse ackOnItsWay = new AppendSuccessResponse(three.get(1), term, first,
                round, 2);

        InternalCompletableFuture<?> late = leader.raft().query("query late",
                QueryPolicy.LINEARIZABLE);
        leader.runTasks();
        leader.raft().handleAppendResponse(ackOnItsWay);
        leader.runTasks();

        assertThat(early.isDone()).isTrue();
        assertThat(late.isDone()).as("answered by an ack sent before it was asked").isTrue();
    }

    @Test
    void rule4FollowerAcknowledgesWhatItsStoreRefused() {
        BareStore store = new BareStore();
        BareNode follower = new BareNode(three.get(1), three, store);
        AppendRequest request = append(three.get(0), 1, 0, 0, entry(1, 1, "x"));
        store.failNextEntry();

        follower.raft().handleAppendRequest(request);
        follower.raft().handleAppendRequest(request);
        follower.runTasks();

        assertThat(store.entries()).isEmpty();
        assertThat(follower.sent(AppendSuccessResponse.class))
                .anyMatch(ack -> ack.lastLogIndex() == 1);
    }

    @Test
    void rule6ConflictingTailSurvivesASnapshotAndBlocksTheFollower() {
        BareNode follower = new BareNode(three.get(1), three, new BareStore());
        follower.raft().handleAppendRequest(
                append(three.get(0), 1, 0, 0, entry(1, 1, "a"), entry(1, 2, "b"),
                        entry(1, 3, "c"), entry(1, 4, "d")));
        follower.runTasks();
        SnapshotEntry snapshot = new SnapshotEntry(2, 3, "state", 0, new LinkedHashSet<>(three));

        follower.raft().handleInstallSnapshot(new InstallSnapshot(three.get(2), 2, snapshot, 0, 1));
        follower.raft().handleAppendRequest(append(three.get(2), 2, 3, 2, entry(2, 4, "e")));
        follower.runTasks();

        assertThat(follower.raft().state().log().lastLogOrSnapshotTerm())
                .as("the deposed leader's tail").isEqualTo(1);
        assertThat(follower.sent(AppendFailureResponse.class)).isNotEmpty();
    }

    @Test
    void rule7MemberOutsideItsConfigurationElectsItself() {
        RaftMember learner = three.get(2);
        List<RaftMember> only = three.subList(0, 1);
        BareNode node = new BareNode(learner, only, new BareStore());
        new PreVoteTask(node.raft(), node.raft().state().term()).run();

        node.raft().handlePreVoteResponse(new PreVoteResponse(only.get(0), 1, false));
        node.runTasks();
        node.raft().handleVoteResponse(
                new VoteResponse(only.get(0), node.raft().state().term(), false));
        node.runTasks();

        assertThat(node.raft().state().role()).isEqualTo(RaftRole.LEADER);
    }

    @Test
    void rule9EntryReportedAsFailedIsApplied() {
        BareNode leader = new BareNode(three.get(0), three, new BareStore());
        leader.becomeLeader(three.subList(1, 2));
        InternalCompletableFuture<?> answer = leader.raft().replicate("x");
        leader.runTasks();
        int term = leader.raft().state().term();
        long last = leader.raft().state().log().lastLogOrSnapshotIndex();

        ticker.advance(Duration.ofSeconds(1));
        leader.runTimers();
        boolean failed = answer.isCompletedExceptionally();
        leader.raft()
                .handleAppendRequest(new AppendRequest(three.get(1), term + 1, term, last, last + 1,
                        new LogEntry[]{entry(term + 1, last + 1, "y")}, 0, 1));
        leader.runTasks();

        assertThat(failed).isTrue();
        assertThat(leader.applied()).contains("x");
    }

    /** No defect, but what the host relies on. */
    @Test
    void voteIsKeptWhenALeaderStepsDownWithinItsTerm() {
        BareNode leader = new BareNode(three.get(0), three, new BareStore());
        leader.becomeLeader(three.subList(1, 2));
        int term = leader.raft().state().term();
        long last = leader.raft().state().log().lastLogOrSnapshotIndex();
        ticker.advance(Duration.ofSeconds(1));
        leader.runTimers();

        leader.raft().handleVoteRequest(new VoteRequest(three.get(2), term, term, last, false));
        leader.runTasks();

        assertThat(leader.raft().state().role()).isEqualTo(RaftRole.FOLLOWER);
        assertThat(leader.sent(VoteResponse.class)).hasSize(1).noneMatch(VoteResponse::granted);
    }

    @Test
    void jumpOfItsClockDeposesALeaderThatHearsItsFollowers() {
        BareNode leader = new BareNode(three.get(0), three, new BareStore());
        leader.becomeLeader(three.subList(1, 2));
        leader.raft().handleAppendResponse(
                new AppendSuccessResponse(three.get(1), leader.raft().state().term(), 1, 0, 1));
        leader.runTasks();

        ticker.advance(Duration.ofSeconds(60));
        leader.runTimers();

        assertThat(leader.raft().state().role()).isEqualTo(RaftRole.FOLLOWER);
    }
}
