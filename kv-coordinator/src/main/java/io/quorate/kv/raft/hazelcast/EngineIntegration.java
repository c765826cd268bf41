package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.CPGroupId;
import com.hazelcast.cp.CPMember;
import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.RaftIntegration;
import com.hazelcast.cp.internal.raft.impl.RaftNodeStatus;
import com.hazelcast.cp.internal.raft.impl.dto.AppendFailureResponse;
import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import com.hazelcast.cp.internal.raft.impl.dto.InstallSnapshot;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteRequest;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteResponse;
import com.hazelcast.cp.internal.raft.impl.dto.TriggerLeaderElection;
import com.hazelcast.cp.internal.raft.impl.dto.VoteRequest;
import com.hazelcast.cp.internal.raft.impl.dto.VoteResponse;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.impl.InternalCompletableFuture;
import io.quorate.kv.raft.hazelcast.wire.LogOperation;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the engine asks of its surroundings, for one life of a node: once the node is replaced, its timers and messages
 * go nowhere. Everything but {@link #execute} is called on the group's thread.
 */
final class EngineIntegration implements RaftIntegration {
    private final GroupHost host;
    private final ILogger logger;
    private boolean retired;

    EngineIntegration(GroupHost host, ILogger logger) {
        this.host = host;
        this.logger = logger;
    }

    void retire() {
        retired = true;
    }

    @Override
    public ILogger getLogger(String name) {
        return logger;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** Always: elections depend on heartbeats only. */
    @Override
    public boolean isReachable(RaftEndpoint endpoint) {
        return true;
    }

    /** Rule 7: a member outside its own last configuration asks for no votes; the engine would count its own. */
    @Override
    public boolean send(PreVoteRequest request, RaftEndpoint target) {
        return host.isVoter() && send(new RaftMessage.PreVoteAsked(request), target);
    }

    @Override
    public boolean send(PreVoteResponse response, RaftEndpoint target) {
        return send(new RaftMessage.PreVoteAnswered(response), target);
    }

    @Override
    public boolean send(VoteRequest request, RaftEndpoint target) {
        host.publishTerm();
        return host.isVoter() && send(new RaftMessage.VoteAsked(request), target);
    }

    @Override
    public boolean send(VoteResponse response, RaftEndpoint target) {
        host.publishTerm();
        return send(new RaftMessage.VoteAnswered(response), target);
    }

    @Override
    public boolean send(AppendRequest request, RaftEndpoint target) {
        return !retired && host.outbox().send(request, target);
    }

    /** Entries that a former leader appended may not have been forced yet; an acknowledgement never runs ahead. */
    @Override
    public boolean send(AppendSuccessResponse response, RaftEndpoint target) {
        host.flushLog();
        long offset = host.ackOffset();
        return send(new RaftMessage.AppendAccepted(offset == 0
                ? response
                : new AppendSuccessResponse(response.follower(), response.term(),
                        response.lastLogIndex() + offset,
                        response.queryRound(), response.flowControlSequenceNumber())),
                target);
    }

    @Override
    public boolean send(AppendFailureResponse response, RaftEndpoint target) {
        return send(
                new RaftMessage.AppendRejected((RaftMember) response.follower(), response.term(),
                        response.expectedNextIndex(), response.flowControlSequenceNumber(),
                        host.lastIndex()),
                target);
    }

    @Override
    public boolean send(InstallSnapshot request, RaftEndpoint target) {
        return !retired && host.sendSnapshot(request, (RaftMember) target);
    }

    @Override
    public boolean send(TriggerLeaderElection request, RaftEndpoint target) {
        return send(new RaftMessage.ElectionTriggered(request), target);
    }

    private boolean send(RaftMessage message, RaftEndpoint target) {
        return !retired && host.outbox().send(message, target);
    }

    @Override
    public Object runOperation(Object operation, long index) {
        return host.apply(operation, index);
    }

    @Override
    public Object takeSnapshot(long index) {
        return new SnapshotLater();
    }

    /** The state is there already: the host restores the state machine before it makes the node. */
    @Override
    public void restoreSnapshot(Object snapshot, long index) {}

    @Override
    public void execute(Runnable task) {
        host.executor().execute(() -> runUnlessRetired(task));
    }

    @Override
    public void submit(Runnable task) {
        execute(task);
    }

    @Override
    public void schedule(Runnable task, long delay, TimeUnit unit) {
        if (!retired) {
            host.executor().schedule(() -> runUnlessRetired(task), unit.toMillis(delay));
        }
    }

    private void runUnlessRetired(Runnable task) {
        if (!retired) {
            host.run(task);
        }
    }

    @Override
    public InternalCompletableFuture<Object> newCompletableFuture() {
        return new InternalCompletableFuture<>();
    }

    @Override
    public Object getAppendedEntryOnLeaderElection() {
        return new LogOperation.TermStart();
    }

    @Override
    public boolean isLinearizableReadOptimizationEnabled() {
        return false;
    }

    @Override
    public @Nullable CPMember getCPMember(RaftEndpoint endpoint) {
        return null;
    }

    /**
     * Rule 8: the engine sets this when it applies its own removal and stays silent from then on, in whatever
     * configuration it may find itself later.
     */
    @Override
    public void onNodeStatusChange(RaftNodeStatus status) {
        if (status == RaftNodeStatus.STEPPED_DOWN && !retired) {
            host.removed();
        }
    }

    @Override
    public void onGroupDestroyed(CPGroupId groupId) {}
}
