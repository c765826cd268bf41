package io.quorate.kv.raft.hazelcast;

import com.hazelcast.config.cp.RaftAlgorithmConfig;
import com.hazelcast.cp.CPGroupId;
import com.hazelcast.cp.CPMember;
import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.RaftIntegration;
import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.RaftNodeStatus;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.dto.AppendFailureResponse;
import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import com.hazelcast.cp.internal.raft.impl.dto.InstallSnapshot;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteRequest;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteResponse;
import com.hazelcast.cp.internal.raft.impl.dto.TriggerLeaderElection;
import com.hazelcast.cp.internal.raft.impl.dto.VoteRequest;
import com.hazelcast.cp.internal.raft.impl.dto.VoteResponse;
import com.hazelcast.cp.internal.raft.impl.persistence.RaftStateStore;
import com.hazelcast.cp.internal.raft.impl.task.PreVoteTask;
import com.hazelcast.logging.ILogger;
import com.hazelcast.logging.NoLogFactory;
import com.hazelcast.spi.impl.InternalCompletableFuture;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The library as it is, without the host: tasks, timers and messages wait until the test lets them happen. */
final class BareNode implements RaftIntegration {
    private static final ILogger SILENT = new NoLogFactory().getLogger("bare");

    private final RaftNodeImpl raft;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final List<Object> sent = new ArrayList<>();
    private final List<Object> applied = new ArrayList<>();

    BareNode(RaftMember self, List<RaftMember> members, RaftStateStore store) {
        RaftAlgorithmConfig config = new RaftAlgorithmConfig().setLeaderElectionTimeoutInMillis(300)
                .setLeaderHeartbeatPeriodInMillis(100).setMaxMissedLeaderHeartbeatCount(3);
        raft = RaftNodeImpl.newRaftNode(new GroupName(0), self, new LinkedHashSet<>(members),
                config, this, store);
        raft.start();
        runTasks();
    }

    static List<RaftMember> members(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new RaftMember(new UUID(3, n), "b" + n)).toList();
    }

    RaftNodeImpl raft() {
        return raft;
    }

    /** Elected by these voters, in the next term. */
    void becomeLeader(List<RaftMember> voters) {
        raft.state().leader(null);
        new PreVoteTask(raft, raft.state().term()).run();
        int next = raft.state().term() + 1;
        voters.forEach(voter -> raft.handlePreVoteResponse(new PreVoteResponse(voter, next, true)));
        runTasks();
        voters.forEach(voter -> raft.handleVoteResponse(new VoteResponse(voter, next, true)));
        runTasks();
        if (raft.state().role() != RaftRole.LEADER || raft.state().term() != next) {
            throw new IllegalStateException(
                    "not elected: " + raft.state().role() + " in " + raft.state().term());
        }
    }

    void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** Runs every timer that was set, due or not, once. */
    void runTimers() {
        List<Runnable> due = new ArrayList<>(timers);
        timers.clear();
        due.forEach(Runnable::run);
        runTasks();
    }

    /** What it sent of this kind, oldest first. */
    <T> List<T> sent(Class<T> kind) {
        return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<Object> applied() {
        return List.copyOf(applied);
    }

    private boolean note(Object message) {
        sent.add(message);
        return true;
    }

    @Override
    public ILogger getLogger(String name) {
        return SILENT;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean isReachable(RaftEndpoint endpoint) {
        return true;
    }

    @Override
    public boolean send(PreVoteRequest request, RaftEndpoint target) {
        return note(request);
    }

    @Override
    public boolean send(PreVoteResponse response, RaftEndpoint target) {
        return note(response);
    }

    @Override
    public boolean send(VoteRequest request, RaftEndpoint target) {
        return note(request);
    }

    @Override
    public boolean send(VoteResponse response, RaftEndpoint target) {
        return note(response);
    }

    @Override
    public boolean send(AppendRequest request, RaftEndpoint target) {
        return note(request);
    }

    @Override
    public boolean send(AppendSuccessResponse response, RaftEndpoint target) {
        return note(response);
    }

    @Override
    public boolean send(AppendFailureResponse response, RaftEndpoint target) {
        return note(response);
    }

    @Override
    public boolean send(InstallSnapshot request, RaftEndpoint target) {
        return note(request);
    }

    @Override
    public boolean send(TriggerLeaderElection request, RaftEndpoint target) {
        return note(request);
    }

    @Override
    public Object runOperation(@Nullable Object operation, long index) {
        if (operation instanceof String text && !text.startsWith("query")) {
            applied.add(text);
        }
        return List.copyOf(applied);
    }

    @Override
    public Object takeSnapshot(long index) {
        return "snapshot";
    }

    @Override
    public void restoreSnapshot(Object snapshot, long index) {}

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void submit(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void schedule(Runnable task, long delay, TimeUnit unit) {
        timers.add(task);
    }

    @Override
    public InternalCompletableFuture<Object> newCompletableFuture() {
        return new InternalCompletableFuture<>();
    }

    @Override
    public Object getAppendedEntryOnLeaderElection() {
        return "term starts";
    }

    @Override
    public boolean isLinearizableReadOptimizationEnabled() {
        return true;
    }

    @Override
    public @Nullable CPMember getCPMember(RaftEndpoint endpoint) {
        return null;
    }

    @Override
    public void onNodeStatusChange(RaftNodeStatus status) {}

    @Override
    public void onGroupDestroyed(CPGroupId groupId) {}
}
