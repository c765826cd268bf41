package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.UnusableCheckpointException;
import io.quorate.kv.raft.hazelcast.CheckpointFetcher.Fetched;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rule 6: brings this member's state to a checkpoint of the leader's. The engine's own way keeps the conflicting tail of
 * a deposed leader; here the node is ended, the checkpoint becomes its whole state, and a new node starts from that.
 *
 * <p>
 * A tail that follows the checkpoint's own last entry is never thrown away: its entries may be committed by this
 * member's acknowledgements.
 */
final class SnapshotInstaller {
    private static final Logger log = LoggerFactory.getLogger(SnapshotInstaller.class);
    /** The engine's wildcard: whatever append is unanswered, this answers it. */
    private static final long ANY_SEQUENCE = -1;

    /** Between two attempts: doubling from one to the other, and back to the first after a success. */
    static final long PAUSE_MILLIS = 250;
    static final long PAUSE_MILLIS_MAX = 30_000;
    /** Checkpoints in a row that cannot be opened; then this member's disk or program is the reason. */
    static final int UNUSABLE_MAX = 5;

    private final GroupSetup setup;
    private final PublishedState published;
    private boolean fetching;
    private long pause = PAUSE_MILLIS;
    private long notBefore = Long.MIN_VALUE;
    private int unusable;
    private long wanted;

    SnapshotInstaller(GroupSetup setup, PublishedState published) {
        this.setup = setup;
        this.published = published;
    }

    void offered(GroupHost host, RaftMessage.SnapshotOffered offer) {
        RaftNodeImpl raft = host.raft();
        RaftState state = raft.state();
        if (offer.term() < state.term()) {
            host.outbox()
                    .send(new RaftMessage.AppendRejected(setup.self(), state.term(),
                            offer.index() + 1,
                            ANY_SEQUENCE, state.log().lastLogOrSnapshotIndex()), offer.leader());
            return;
        }
        follow(raft, offer.term(), offer.leader());
        if (has(state, offer.index(), offer.indexTerm())) {
            acknowledge(host, offer.leader(), Math.max(offer.index(), state.commitIndex()));
        } else if (!fetching && MonotonicHazelcastClock.now() >= notBefore) {
            fetch(host, offer);
        }
    }

    /** Called at every tick: a checkpoint that could not be had is not missed once entries came instead. */
    void look(RaftState state) {
        if (!fetching && published.reinstalls().running() && state.commitIndex() >= wanted) {
            published.reinstalls(Reinstalls::notNeeded);
        }
    }

    private static void follow(RaftNodeImpl raft, int term, RaftMember leader) {
        RaftState state = raft.state();
        if (term > state.term() || state.role() != RaftRole.FOLLOWER) {
            raft.toFollower(term);
        }
        if (!leader.equals(state.leader())) {
            raft.leader(leader);
        }
        raft.updateLastAppendEntriesTimestamp();
    }

    /** Whether the log holds that very entry, and so everything before it. */
    private static boolean has(RaftState state, long index, long term) {
        if (index <= state.commitIndex()) {
            return true;
        }
        LogEntry entry = state.log().getLogEntry(index);
        return entry != null && entry.term() == term;
    }

    private void acknowledge(GroupHost host, RaftMember leader, long index) {
        host.flushLog();
        host.outbox().send(new RaftMessage.AppendAccepted(
                new AppendSuccessResponse(setup.self(), host.raft().state().term(), index, 0,
                        ANY_SEQUENCE)),
                leader);
    }

    private void fetch(GroupHost host, RaftMessage.SnapshotOffered offer) {
        fetching = true;
        wanted = offer.index();
        published.reinstalls(Reinstalls::begun);
        log.info("fetching checkpoint group={} leader={} atLeast={}", setup.groupId(),
                offer.leader().nodeId(),
                offer.index());
        setup.checkpoints().fetch(offer.leader().nodeId(), setup.groupId(), offer.index())
                .whenComplete((fetched, failure) -> host.executor()
                        .execute(() -> host.run(() -> arrived(host, fetched, failure))));
    }

    private void arrived(GroupHost host, @Nullable Fetched fetched, @Nullable Throwable failure) {
        fetching = false;
        if (fetched == null) {
            failed("checkpoint fetch failed", failure);
            return;
        }
        CheckpointMark mark = fetched.mark();
        RaftState state = host.raft().state();
        @Nullable
        RaftMember leader = (RaftMember) state.leader();
        boolean done = has(state, mark.index(), mark.term()) || installed(host, fetched, leader);
        setup.checkpoints().release(fetched);
        if (done && leader != null && host.raft().state().role() == RaftRole.FOLLOWER) {
            acknowledge(host, leader, mark.index());
        }
    }

    /** The leader offers again; until the pause is over nothing is made of it. */
    private void failed(String what, @Nullable Throwable cause) {
        notBefore = MonotonicHazelcastClock.now() + pause;
        log.warn("{} group={} pauseMillis={}", what, setup.groupId(), pause, cause);
        pause = Math.min(2 * pause, PAUSE_MILLIS_MAX);
        published.reinstalls(Reinstalls::failedOnce);
    }

    private boolean installed(GroupHost host, Fetched fetched, @Nullable RaftMember leader) {
        try {
            install(host, fetched, leader);
        } catch (UnusableCheckpointException damaged) {
            unusable++;
            if (unusable >= UNUSABLE_MAX) {
                throw new UncheckedIOException(damaged);
            }
            failed("checkpoint cannot be opened", damaged);
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        unusable = 0;
        pause = PAUSE_MILLIS;
        return true;
    }

    /** The state machine first: a crash in between leaves a machine ahead of its log, which only skips entries. */
    private void install(GroupHost host, Fetched fetched, @Nullable RaftMember leader)
            throws IOException {
        CheckpointMark mark = fetched.mark();
        setup.machine().restore(fetched.directory());
        host.endNode();
        host.restartNode(mark);
        if (leader != null) {
            host.raft().leader(leader);
            host.raft().updateLastAppendEntriesTimestamp();
        }
        published.reinstalls(Reinstalls::succeeded);
        log.info("checkpoint installed group={} index={} term={}", setup.groupId(), mark.index(),
                mark.term());
    }
}
