package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftNodeImpl;
import com.hazelcast.cp.internal.raft.impl.RaftRole;
import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
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

    private final GroupSetup setup;
    private boolean fetching;

    SnapshotInstaller(GroupSetup setup) {
        this.setup = setup;
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
        } else if (!fetching) {
            fetch(host, offer);
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
            log.warn("checkpoint fetch failed group={}", setup.groupId(), failure);
            return;
        }
        CheckpointMark mark = fetched.mark();
        RaftState state = host.raft().state();
        @Nullable
        RaftMember leader = (RaftMember) state.leader();
        if (!has(state, mark.index(), mark.term())) {
            install(host, fetched, leader);
        }
        setup.checkpoints().release(fetched);
        if (leader != null && host.raft().state().role() == RaftRole.FOLLOWER) {
            acknowledge(host, leader, mark.index());
        }
    }

    /** The state machine first: a crash in between leaves a machine ahead of its log, which only skips entries. */
    private void install(GroupHost host, Fetched fetched, @Nullable RaftMember leader) {
        CheckpointMark mark = fetched.mark();
        try {
            host.endNode();
            setup.machine().restore(fetched.directory());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        host.restartNode(mark);
        if (leader != null) {
            host.raft().leader(leader);
            host.raft().updateLastAppendEntriesTimestamp();
        }
        log.info("checkpoint installed group={} index={} term={}", setup.groupId(), mark.index(),
                mark.term());
    }
}
