package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.ConfirmChannel;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import io.quorate.kv.raft.hazelcast.wire.RaftMessageCodec;
import io.quorate.kv.raft.hazelcast.wire.WireException;
import io.quorate.kv.raft.log.RecoveredGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group on this node, on Hazelcast's engine. Safe for any thread; nothing blocks but {@link #open} and
 * {@link #close}.
 */
public final class HazelcastRaftGroup implements RaftGroup, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HazelcastRaftGroup.class);

    private final GroupSetup setup;
    private final GroupExecutor executor;
    private final PublishedState published;
    private final AppliedWaiters waiters = new AppliedWaiters();
    private final Admission admission;
    private final TransportConfirms confirms;
    private final GroupHost host;
    private final RaftTransport.Registration registration;

    private HazelcastRaftGroup(GroupSetup setup, GroupExecutor executor) {
        RecoveredGroup found = setup.log().recovered();
        this.setup = setup;
        this.executor = executor;
        this.published = new PublishedState(setup.groupId(), found.term(), List.of());
        this.admission = new Admission(setup.settings().window());
        this.confirms = new TransportConfirms(setup.groupId(), setup.self().nodeId(),
                setup.transport(), published);
        this.host = new GroupHost(setup, executor, published, waiters, admission, found);
        this.registration = setup.transport().register(setup.groupId(), new Ear());
    }

    /**
     * Opens a group from its durable state, or founds it if it has none.
     *
     * @param timer enqueues what is due; its threads only hand over
     * @throws IllegalStateException if the JVM runs Hazelcast on another clock, or what is durable does not fit together
     */
    public static HazelcastRaftGroup open(GroupSetup setup, ScheduledExecutorService timer) {
        MonotonicHazelcastClock.requireInForce();
        return open(setup, new GroupThread("raft-" + setup.groupId() + "-" + setup.self().nodeId(),
                setup.settings().inbox(), timer));
    }

    static HazelcastRaftGroup open(GroupSetup setup, GroupExecutor executor) {
        HazelcastRaftGroup group = new HazelcastRaftGroup(setup, executor);
        executor.execute(() -> group.host.run(group.host::start));
        return group;
    }

    @Override
    public int groupId() {
        return setup.groupId();
    }

    @Override
    public String self() {
        return setup.self().nodeId();
    }

    /** This member, with the uuid of its data directory. */
    public RaftMember member() {
        return setup.self();
    }

    /** Who the members are, as this one knows; a few dozen milliseconds old at most. */
    public GroupMembers members() {
        return published.members();
    }

    /** What became of replacing a state by a checkpoint, of this member's and, if it leads, of its followers'. */
    public Reinstalls reinstalls() {
        return published.reinstalls();
    }

    @Override
    public Leadership leadership() {
        return published.leadership();
    }

    @Override
    public void onLeadershipChange(LeadershipListener listener) {
        published.listen(listener);
    }

    @Override
    public void propose(long term, byte[] entry, ProposalCallback callback) {
        int bound = setup.settings().appends().entryBytes();
        if (entry.length > bound) {
            throw new IllegalArgumentException(
                    "an entry of " + entry.length + " bytes is above the bound of " + bound);
        }
        RaftFailure refusal = refuse(term, published.leadership());
        if (refusal != null) {
            callback.failed(refusal);
            return;
        }
        String full = admission.refuse(entry.length);
        if (full != null) {
            callback.failed(new RaftFailure.Overloaded(full));
            return;
        }
        host.propose(new Proposal(term, entry, callback, admission));
    }

    private @Nullable RaftFailure refuse(long term, Leadership now) {
        Poison poison = host.poisoned();
        if (poison != null) {
            return poison.toFailure();
        }
        if (!now.serving() || now.term() != term) {
            return new RaftFailure.NotLeader(now.leader());
        }
        return now.transferring() ? new RaftFailure.LeadershipTransferInProgress() : null;
    }

    @Override
    public long commitIndex() {
        return published.commitIndex();
    }

    @Override
    public long appliedIndex() {
        return waiters.applied();
    }

    @Override
    public Registration whenApplied(long index, Runnable action) {
        return waiters.add(index, action);
    }

    @Override
    public ConfirmChannel confirms() {
        return confirms;
    }

    @Override
    public void transferLeadership(String target, ProposalCallback callback) {
        control(() -> host.transfer(target, callback), callback);
    }

    /**
     * Adds a voter. It is fed first, as no member yet, so that it delays no commit; one change runs at a time. The
     * member must have been opened with the present voters as founders, or have state of this group. Leader only.
     *
     * @param callback told the index of the change; {@code Overloaded} if another change runs or it did not catch up,
     *        {@code MemberWasRemoved} if this data directory was a member before
     */
    public void addMember(RaftMember member, ProposalCallback callback) {
        control(() -> host.add(member, callback), callback);
    }

    /**
     * Removes a voter; one that is none counts as removed. The removed is not told: who removes it stops it. Leader
     * only.
     *
     * @throws IllegalArgumentException if it is this member: hand over leadership first
     */
    public void removeMember(String nodeId, ProposalCallback callback) {
        if (nodeId.equals(self())) {
            throw new IllegalArgumentException("a leader does not remove itself");
        }
        control(() -> host.remove(nodeId, callback), callback);
    }

    private void control(Runnable task, ProposalCallback callback) {
        Poison poison = host.poisoned();
        RaftFailure gone = poison == null
                ? new RaftFailure.NotLeader(Optional.empty())
                : poison.toFailure();
        if (!executor.offer(host.control(task, () -> callback.failed(gone)))) {
            callback.failed(new RaftFailure.Overloaded("raft.inbox"));
        }
    }

    /** Why the group has stopped on this node after a failure, if it has. */
    public Optional<RaftFailure.Poisoned> stopped() {
        return Optional.ofNullable(host.poisoned()).map(Poison::toFailure);
    }

    /** Whether it has stopped because this member was removed. */
    public boolean isRemoved() {
        Poison poison = host.poisoned();
        return poison != null && poison.isRemoval();
    }

    /** Asks for a snapshot soon, so that old segments of the node's log can go. */
    public void wantSnapshot() {
        executor.execute(() -> host.run(host::wantSnapshot));
    }

    /**
     * Writes a checkpoint of the state machine for another member, off the group's thread.
     *
     * @param directory empty, on this node
     * @return where it stands; fails if the group cannot say so yet, then ask again with another directory
     */
    public CompletableFuture<CheckpointMark> checkpoint(Path directory) {
        CompletableFuture<CheckpointMark> answer = new CompletableFuture<>();
        setup.background().execute(() -> {
            try {
                long index = setup.machine().checkpoint(directory);
                Runnable gone = () -> answer
                        .completeExceptionally(new IllegalStateException("the group has stopped"));
                if (!executor.offer(host.control(() -> host.locate(index, answer), gone))) {
                    gone.run();
                }
            } catch (IOException | RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private void receive(String sender, byte[] bytes) {
        RaftMessage message;
        try {
            message = RaftMessageCodec.decode(bytes);
        } catch (WireException damaged) {
            log.warn("raft message dropped group={} sender={} bytes={}", setup.groupId(), sender,
                    bytes.length,
                    damaged);
            return;
        } catch (RuntimeException unknown) {
            executor.execute(() -> host.run(() -> host.poison(unknown)));
            return;
        }
        if (message instanceof RaftMessage.ConfirmAsked asked) {
            confirms.asked(sender, asked);
        } else if (message instanceof RaftMessage.ConfirmAnswered answered) {
            confirms.answered(sender, answered);
        } else if (!executor.offer(() -> host.run(() -> host.receive(message)))) {
            log.debug("raft inbox full group={} sender={}", setup.groupId(), sender);
        }
    }

    private final class Ear implements RaftTransport.Receiver {
        @Override
        public void receive(String sender, byte[] message) {
            HazelcastRaftGroup.this.receive(sender, message);
        }

        @Override
        public void connected(String node) {
            executor.execute(() -> host.run(() -> host.connected(node)));
        }
    }

    /** Leaves the group's work on this node: callers are answered, the thread ends. The log and machine stay open. */
    @Override
    public void close() {
        registration.close();
        confirms.close();
        executor.close();
        host.stop(new RaftFailure.NotLeader(Optional.empty()), Leadership.Role.FOLLOWER);
    }
}
