package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.exception.CannotReplicateException;
import com.hazelcast.cp.exception.NotLeaderException;
import com.hazelcast.cp.internal.raft.MembershipChangeMode;
import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import com.hazelcast.cp.internal.raft.impl.task.MembershipChangeTask;
import com.hazelcast.spi.impl.InternalCompletableFuture;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup.ProposalCallback;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rule 8: one change of the membership at a time. Who joins is first fed like a laggard, while it is no member and
 * nobody waits for it; only when it has all but the last few entries is it added, so that it delays no commit.
 */
final class MemberChange {
    /** Election timeouts in which a joining member must make some progress. */
    private static final int PATIENCE = 20;

    private static final class Running {
        private final RaftMember member;
        private final int term;
        private final ProposalCallback callback;
        private long next;
        private long lastProgress = MonotonicHazelcastClock.now();
        private long lastSent;
        private boolean proposed;

        Running(RaftMember member, int term, long next, ProposalCallback callback) {
            this.member = member;
            this.term = term;
            this.next = next;
            this.callback = callback;
        }
    }

    private final RaftSettings settings;
    private final LaggardFeeder feeder;
    private @Nullable Running running;

    MemberChange(RaftSettings settings, LaggardFeeder feeder) {
        this.settings = settings;
        this.feeder = feeder;
    }

    void add(GroupHost host, RaftMember member, ProposalCallback callback) {
        RaftState state = host.raft().state();
        if (refused(state, callback)) {
            return;
        }
        if (state.isKnownMember(member)) {
            callback.committed(state.commitIndex(), member.nodeId());
            return;
        }
        running = new Running(member, state.term(), state.log().lastLogOrSnapshotIndex() + 1,
                callback);
        drive(host);
    }

    void remove(GroupHost host, RaftMember member, ProposalCallback callback) {
        RaftState state = host.raft().state();
        if (refused(state, callback)) {
            return;
        }
        Running now = new Running(member, state.term(), 0, callback);
        running = now;
        propose(host.raft(), now, MembershipChangeMode.REMOVE);
    }

    private boolean refused(RaftState state, ProposalCallback callback) {
        if (state.role() != RaftRole.LEADER) {
            callback.failed(new RaftFailure.NotLeader(MemberNames.of(state.leader())));
            return true;
        }
        if (running != null) {
            callback.failed(new RaftFailure.Overloaded("raft.member-changes"));
            return true;
        }
        return false;
    }

    /** Goes on, if one runs; called after every task. */
    void drive(GroupHost host) {
        Running now = running;
        if (now == null) {
            return;
        }
        RaftState state = host.raft().state();
        long time = MonotonicHazelcastClock.now();
        if (state.role() != RaftRole.LEADER || state.term() != now.term) {
            end(now, now.proposed
                    ? new RaftFailure.OutcomeUnknown()
                    : new RaftFailure.NotLeader(MemberNames.of(state.leader())));
        } else if (!now.proposed
                && time - now.lastProgress > PATIENCE * settings.timing().election().toMillis()) {
            end(now, new RaftFailure.Overloaded("raft.member-catch-up"));
        } else if (!now.proposed
                && time - now.lastSent >= settings.timing().heartbeat().toMillis()) {
            feed(host, now);
        }
    }

    /** Whether the message is the joining member's answer; if so, it has been dealt with. */
    boolean hears(GroupHost host, RaftMessage message) {
        if (message instanceof RaftMessage.AppendAccepted accepted) {
            AppendSuccessResponse ack = accepted.response();
            Running now = joining((RaftMember) ack.follower(), ack.term());
            if (now != null) {
                accepted(host, now, ack.lastLogIndex());
            }
            return now != null;
        }
        if (message instanceof RaftMessage.AppendRejected rejected) {
            Running now = joining(rejected.follower(), rejected.term());
            if (now != null && rejected.expectedNextIndex() == now.next) {
                now.next = Math.max(1, Math.min(now.next - 1, rejected.lastIndex() + 1));
                feed(host, now);
            }
            return now != null;
        }
        return false;
    }

    /** It has everything up to the index. */
    private void accepted(GroupHost host, Running now, long lastIndex) {
        if (lastIndex + 1 < now.next) {
            return;
        }
        if (lastIndex >= now.next) {
            now.lastProgress = MonotonicHazelcastClock.now();
        }
        now.next = lastIndex + 1;
        if (lastIndex + settings.appends().entries() >= host.lastIndex()) {
            propose(host.raft(), now, MembershipChangeMode.ADD);
        } else {
            feed(host, now);
        }
    }

    private @Nullable Running joining(RaftMember member, int term) {
        Running now = running;
        return now != null && !now.proposed && now.term == term && now.member.equals(member)
                ? now
                : null;
    }

    private void feed(GroupHost host, Running now) {
        now.lastSent = MonotonicHazelcastClock.now();
        long next = now.next;
        feeder.feedJoining(host, now.member, next, () -> running == now && now.next == next);
    }

    private void propose(RaftNodeImpl raft, Running now, MembershipChangeMode mode) {
        now.proposed = true;
        InternalCompletableFuture<Object> done = new InternalCompletableFuture<>();
        var unused = done.whenCompleteAsync((index, failure) -> finished(now, index, failure),
                Runnable::run);
        new MembershipChangeTask(raft, done, now.member, mode).run();
    }

    private void finished(Running now, @Nullable Object index, @Nullable Throwable failure) {
        if (failure instanceof NotLeaderException) {
            end(now, new RaftFailure.NotLeader(Optional.empty()));
        } else if (failure instanceof CannotReplicateException) {
            end(now, new RaftFailure.Overloaded("raft.member-changes"));
        } else if (failure != null || index == null) {
            end(now, new RaftFailure.OutcomeUnknown());
        } else if (running == now) {
            running = null;
            now.callback.committed((Long) index, now.member.nodeId());
        }
    }

    private void end(Running now, RaftFailure failure) {
        if (running == now) {
            running = null;
            now.callback.failed(failure);
        }
    }

    /** Ends it because the group stops. */
    void abandon() {
        Running now = running;
        if (now != null) {
            end(now, new RaftFailure.OutcomeUnknown());
        }
    }
}
