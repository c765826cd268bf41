package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.log.RaftLog;
import com.hazelcast.cp.internal.raft.impl.state.FollowerState;
import com.hazelcast.cp.internal.raft.impl.state.LeaderState;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rule 6, end: a follower that answers its leader, lacks what is committed, and does not get on has a log that the engine
 * cannot go on with. Its leader offers it a checkpoint at what is applied, so that its state is replaced as a whole.
 *
 * <p>
 * The offer is made again, less and less often and {@link #OFFERS_MAX} times at most, until the follower gets beyond
 * it by appends. Confined to the group's thread.
 */
final class StalledReplicas {
    /** Offers to one follower that does not get on by itself; then an operator has to look. */
    static final int OFFERS_MAX = 5;
    /** Without progress for so long a follower is stalled; each further offer waits five times as long. */
    static final long PATIENCE_MILLIS = 10_000;
    private static final int PATIENCE_GROWTH = 5;
    private static final long PATIENCE_MILLIS_MAX = 30 * 60_000;
    private static final Logger log = LoggerFactory.getLogger(StalledReplicas.class);

    private static final class Watched {
        private long match;
        private long since;
        private long patience = PATIENCE_MILLIS;
        private long offered;
        private int offers;
        private boolean stalled;
    }

    private final GroupSetup setup;
    private final PublishedState published;
    private final Map<RaftEndpoint, Watched> watched = new HashMap<>();

    StalledReplicas(GroupSetup setup, PublishedState published) {
        this.setup = setup;
        this.published = published;
    }

    /** Looks at the followers, if this member leads; called at every tick. */
    void look(GroupHost host) {
        RaftState state = host.raft().state();
        LeaderState leading = state.leaderState();
        if (leading == null) {
            watched.clear();
        } else {
            watched.keySet().retainAll(leading.getFollowerStates().keySet());
            leading.getFollowerStates()
                    .forEach((member, follower) -> look(host, (RaftMember) member, follower));
        }
        int stalled = (int) watched.values().stream().filter(each -> each.stalled).count();
        if (published.reinstalls().stalled() != stalled) {
            published.reinstalls(now -> now.withStalled(stalled));
        }
    }

    private void look(GroupHost host, RaftMember member, FollowerState follower) {
        RaftState state = host.raft().state();
        long now = MonotonicHazelcastClock.now();
        Watched watch = watched.computeIfAbsent(member, unseen -> new Watched());
        boolean answers = now - follower.appendRequestAckTimestamp() <= setup.settings().timing()
                .election().toMillis();
        boolean isFedByCheckpoint = setup.log().firstRetainedIndex() > Math.max(1,
                follower.nextIndex() - 1);
        if (follower.matchIndex() > watch.match || watch.since == 0 || !answers
                || isFedByCheckpoint || follower.matchIndex() >= state.commitIndex()) {
            progressed(watch, follower.matchIndex(), now);
        } else if (now - watch.since >= watch.patience && watch.offers <= OFFERS_MAX) {
            offer(host, member, watch, now);
        }
    }

    private static void progressed(Watched watch, long match, long now) {
        watch.match = match;
        watch.since = now;
        if (match >= watch.offered) {
            watch.stalled = false;
        }
        if (match > watch.offered) {
            watch.offers = 0;
            watch.patience = PATIENCE_MILLIS;
        }
    }

    private void offer(GroupHost host, RaftMember member, Watched watch, long now) {
        watch.stalled = true;
        watch.since = now;
        watch.offers++;
        if (watch.offers > OFFERS_MAX) {
            log.error("replica is not reinstalled any more group={} member={} matchIndex={}"
                    + " offers={} todo=\"empty its data directory and start it again\"",
                    setup.groupId(), member.nodeId(), watch.match, OFFERS_MAX);
            return;
        }
        watch.patience = Math.min(watch.patience * PATIENCE_GROWTH, PATIENCE_MILLIS_MAX);
        RaftState state = host.raft().state();
        long index = state.lastApplied();
        watch.offered = index;
        log.warn("replica stalled, offering a checkpoint group={} member={} matchIndex={}"
                + " index={} offer={}", setup.groupId(), member.nodeId(), watch.match, index,
                watch.offers);
        host.outbox().send(new RaftMessage.SnapshotOffered(setup.self(), state.term(), index,
                termOf(state.log(), index)), member);
    }

    /** What is applied is in memory, or is the snapshot. */
    private static int termOf(RaftLog log, long index) {
        return index == log.snapshotIndex() ? log.snapshot().term() : log.getLogEntry(index).term();
    }
}
