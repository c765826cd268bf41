package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.dto.InstallSnapshot;
import com.hazelcast.cp.internal.raft.impl.log.RaftLog;
import com.hazelcast.cp.internal.raft.impl.state.LeaderState;
import com.hazelcast.cp.internal.raft.impl.state.RaftGroupMembers;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup.ProposalCallback;
import io.quorate.kv.raft.hazelcast.wire.OperationCodec;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import io.quorate.kv.raft.hazelcast.wire.StateCodec;
import io.quorate.kv.raft.log.RecoveredGroup;
import io.quorate.kv.raft.log.SnapshotMark;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one group's engine node: every task that touches it goes through {@link #run}, which afterwards drives what the
 * engine leaves undone, publishes what changed and answers who waited. Confined to the group's thread, but for
 * {@link #poisoned()}.
 */
final class GroupHost {
    private static final Logger log = LoggerFactory.getLogger(GroupHost.class);

    private final GroupSetup setup;
    private final GroupExecutor executor;
    private final PublishedState published;
    private final AppliedWaiters waiters;
    private final PendingProposals pending = new PendingProposals();
    private final ProposalQueue proposals = new ProposalQueue(pending);
    private final RingMeter ring = new RingMeter();
    private final Outbox outbox;
    private final EntryApplier applier;
    private final FailureTimer timer;
    private final LeadershipTransfer transfer;
    private final SnapshotTaker snapshots;
    private final SnapshotInstaller installer;
    private final StalledReplicas stalled;
    private final LaggardFeeder feeder;
    private final MemberChange change;
    private final MemberWatch watch;
    private final FormerMembers former = new FormerMembers();
    private EngineIntegration integration;
    private EngineNode node;
    private Inbox inbox;
    private volatile @Nullable Poison poison;
    private volatile @Nullable RaftFailure stopped;
    private @Nullable RaftGroupMembers knownMembers;
    private List<String> voters = List.of();

    GroupHost(GroupSetup setup, GroupExecutor executor, PublishedState published,
            AppliedWaiters waiters, Admission admission,
            RecoveredGroup found) {
        this.setup = setup;
        this.executor = executor;
        this.published = published;
        this.waiters = waiters;
        this.outbox = new Outbox(setup.groupId(), setup.settings().appends().bytes(),
                setup.transport());
        this.applier = new EntryApplier(setup.machine(), pending, this::poison);
        this.timer = new FailureTimer(setup.settings().timing(), setup.random(), outbox);
        this.transfer = new LeadershipTransfer(setup.settings().timing(), outbox);
        this.snapshots = new SnapshotTaker(setup, ring, admission);
        this.installer = new SnapshotInstaller(setup, published);
        this.stalled = new StalledReplicas(setup, published);
        this.feeder = new LaggardFeeder(setup);
        this.change = new MemberChange(setup.settings(), feeder);
        this.watch = new MemberWatch(published);
        this.integration = new EngineIntegration(this, new EngineLogger(log, this::poison));
        this.node = openNode(found);
        this.inbox = new Inbox(node.raft());
    }

    private EngineNode openNode(RecoveredGroup found) {
        long base = found.snapshot().map(SnapshotMark::index).orElse(0L);
        applier.startAfter(base);
        ring.reset(base + 1);
        found.entries().forEach(entry -> ring.appended(entry.payload().length));
        return EngineNode.open(setup, found, integration,
                new LogStateStore(setup.log(), ring, this::poison));
    }

    /** Starts the node's life; the group's first task. The engine goes on in a task of its own, before the tick. */
    void start() {
        raft().start();
        executor.execute(() -> run(this::tick));
    }

    private void tick() {
        timer.tick(raft());
        stalled.look(this);
        installer.look(state());
        watch.look(state());
        executor.schedule(() -> run(this::tick), timer.periodMillis());
    }

    /** Runs a task unless the group has stopped, and all that follows from it. */
    void run(Runnable task) {
        if (stopped != null) {
            return;
        }
        try {
            task.run();
            if (poison == null) {
                follow();
            }
        } catch (RuntimeException | Error failure) {
            poison(failure);
        }
        Poison cause = poison;
        if (cause != null) {
            stop(cause.toFailure(), Leadership.Role.POISONED);
        }
    }

    private void follow() {
        SoloDriver.commit(raft());
        applier.noteMembershipChanges(state(), state().lastApplied());
        transfer.drive(raft());
        change.drive(this);
        snapshots.check(this);
        publish();
        waiters.advance(state().lastApplied());
        pending.answer();
    }

    /** Rule 4: after any failure of the log, the state machine or the engine nothing more is said or promised. */
    void poison(Throwable cause) {
        outbox.shut();
        if (poison == null) {
            poison = Poison.of(cause);
            log.error("raft group poisoned group={} member={}", setup.groupId(),
                    setup.self().nodeId(), cause);
        }
    }

    /** This member has applied its own removal: nothing more is said, and nobody takes it for a voter that is slow. */
    void removed() {
        outbox.shut();
        if (poison == null) {
            poison = Poison.of(new MemberRemovedException());
            log.error("member was removed from its group group={} member={} uuid={} todo=\"stop it,"
                    + " and empty its data directory to let it join again\"", setup.groupId(),
                    setup.self().nodeId(), setup.self().uuid());
        }
    }

    @Nullable
    Poison poisoned() {
        return poison;
    }

    /** Ends the group on this node: nothing is sent any more, and everyone who waits is answered. */
    void stop(RaftFailure refusal, Leadership.Role role) {
        if (stopped != null) {
            return;
        }
        stopped = refusal;
        outbox.shut();
        integration.retire();
        Leadership last = published.leadership();
        published.publish(new Leadership(published.term(), role, Optional.empty(), false, false,
                last.voters()));
        pending.answer();
        pending.endUnknown();
        transfer.abandon();
        change.abandon();
        proposals.refuseAll(refusal);
    }

    private void publish() {
        RaftState state = state();
        published.publishTerm(state.term());
        published.publishCommitIndex(state.commitIndex());
        former.follow(state.committedGroupMembers());
        if (!state.lastGroupMembers().equals(knownMembers)) {
            knownMembers = state.lastGroupMembers();
            voters = MemberNames.of(state.members());
            watch.look(state);
        }
        Leadership.Role role = role(state);
        boolean leads = role == Leadership.Role.LEADER;
        boolean serving = leads && applier.termStarted() == state.term();
        Leadership before = published.leadership();
        if (before.isLeader() && (!leads || before.term() != state.term())) {
            pending.answer();
            pending.endUnknown();
        }
        if (before.term() != state.term() || before.role() != role || before.serving() != serving
                || before.transferring() != transfer.isRunning() || !before.voters().equals(voters)
                || !before.leader().equals(MemberNames.of(state.leader()))) {
            published.publish(
                    new Leadership(state.term(), role, MemberNames.of(state.leader()), serving,
                            transfer.isRunning(), voters));
        }
    }

    private static Leadership.Role role(RaftState state) {
        return switch (state.role()) {
            case FOLLOWER -> Leadership.Role.FOLLOWER;
            case CANDIDATE -> Leadership.Role.CANDIDATE;
            case LEADER -> Leadership.Role.LEADER;
        };
    }

    /** A task of {@link #run}: takes a message from another member. */
    void receive(RaftMessage message) {
        if (message instanceof RaftMessage.SnapshotOffered offer) {
            installer.offered(this, offer);
        } else if (!change.hears(this, message)) {
            if (message instanceof RaftMessage.Append append) {
                watch.hears(append.request());
            }
            inbox.handle(message);
        }
    }

    /** Adds a proposal; for any thread. One that comes while the group stops is refused here or by the stop. */
    void propose(Proposal proposal) {
        boolean mustDrain = proposals.add(proposal);
        RaftFailure refusal = stopped;
        if (refusal != null) {
            proposals.refuseAll(refusal);
        } else if (mustDrain) {
            executor.execute(() -> run(this::drain));
        }
    }

    /** A task that someone waits for; he is told if the group stops first. */
    ControlTask control(Runnable task, Runnable abandoned) {
        return new ControlTask(() -> {
            if (stopped == null) {
                run(task);
            } else {
                abandoned.run();
            }
        }, abandoned);
    }

    /** A task of {@link #run}: rule 11, a follower that is reached again is not left to the engine's back-off. */
    void connected(String nodeId) {
        LeaderState leader = state().leaderState();
        Optional<RaftMember> member = voter(nodeId);
        if (leader != null && member.isPresent() && !member.get().equals(setup.self())) {
            leader.getFollowerState(member.get()).resetRequestBackoff();
            raft().sendAppendRequest(member.get());
        }
    }

    private void drain() {
        if (proposals.drain(raft(), transfer.isRunning())) {
            executor.execute(() -> run(this::drain));
        }
    }

    /** A task of {@link #run}: hands leadership to a voter. */
    void transfer(String target, ProposalCallback callback) {
        Optional<RaftMember> member = voter(target);
        member.ifPresentOrElse(voter -> transfer.start(raft(), voter, callback),
                () -> callback.failed(new RaftFailure.NotLeader(MemberNames.of(state().leader()))));
    }

    /** A task of {@link #run}: feeds a member and then adds it. */
    void add(RaftMember member, ProposalCallback callback) {
        if (former.contains(member)) {
            callback.failed(new RaftFailure.MemberWasRemoved(member.nodeId()));
            return;
        }
        change.add(this, member, callback);
    }

    /** A task of {@link #run}: removes a voter. */
    void remove(String nodeId, ProposalCallback callback) {
        Optional<RaftMember> member = voter(nodeId);
        member.ifPresentOrElse(voter -> change.remove(this, voter, callback),
                () -> callback.committed(state().commitIndex(), nodeId));
    }

    private Optional<RaftMember> voter(String nodeId) {
        return state().members().stream().map(RaftMember.class::cast)
                .filter(voter -> voter.nodeId().equals(nodeId)).findFirst();
    }

    RaftNodeImpl raft() {
        return node.raft();
    }

    private RaftState state() {
        return node.raft().state();
    }

    GroupExecutor executor() {
        return executor;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Whether this member is in its own last configuration. */
    boolean isVoter() {
        return state().isKnownMember(state().localEndpoint());
    }

    void publishTerm() {
        published.publishTerm(state().term());
    }

    void flushLog() {
        state().log().flush();
    }

    long ackOffset() {
        return inbox.ackOffset();
    }

    long lastIndex() {
        return state().log().lastLogOrSnapshotIndex();
    }

    Object apply(Object operation, long index) {
        return applier.apply(state(), operation, index);
    }

    boolean sendSnapshot(InstallSnapshot wish, RaftMember target) {
        feeder.feed(this, wish, target);
        return true;
    }

    /** Asks for a snapshot soon. */
    void wantSnapshot() {
        snapshots.want();
    }

    /** Says where a checkpoint that holds everything up to the index stands in the log. */
    void locate(long index, CompletableFuture<CheckpointMark> answer) {
        RaftGroupMembers members = state().committedGroupMembers();
        if (index > state().lastApplied() || members.index() > index) {
            answer.completeExceptionally(new IllegalStateException("the checkpoint at index "
                    + index
                    + " does not stand between members since " + members.index() + " and applied "
                    + state().lastApplied()));
            return;
        }
        answer.complete(new CheckpointMark(index, termOf(index), members.index(),
                OperationCodec.members(members.members())));
    }

    private long termOf(long index) {
        RaftLog entries = state().log();
        if (index == entries.snapshotIndex()) {
            return entries.snapshot().term();
        }
        if (entries.containsLogEntry(index)) {
            return entries.getLogEntry(index).term();
        }
        long[] found = new long[1];
        setup.log().readEntries(index, index + 1, 1, (at, term, payload) -> found[0] = term);
        return found[0];
    }

    /** Ends the node's life; its state machine is about to be replaced. */
    void endNode() {
        node.retire();
    }

    /** Makes the checkpoint the group's whole durable state and starts a new node from it. */
    void restartNode(CheckpointMark mark) {
        RaftState last = state();
        @Nullable
        RaftMember vote = (RaftMember) last.votedFor();
        StateCodec.Membership founders = new StateCodec.Membership(setup.self(),
                OperationCodec.members(last.initialMembers()));
        RecoveredGroup whole = new RecoveredGroup(setup.groupId(),
                Optional.of(StateCodec.encode(founders)),
                last.term(), StateCodec.encodeVote(vote),
                Optional.of(new SnapshotMark(mark.index(), mark.term(),
                        StateCodec.encode(new StateCodec.SnapshotMembers(mark.membersIndex(),
                                mark.members())))),
                List.of());
        setup.log().replaceState(whole);
        setup.log().flush();
        integration = new EngineIntegration(this, new EngineLogger(log, this::poison));
        node = openNode(whole);
        inbox = new Inbox(node.raft());
        raft().start();
    }
}
