package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftGroup.LeadershipListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What other threads see of the group. Written by the group's thread, read by any. */
final class PublishedState {
    private static final Logger log = LoggerFactory.getLogger(PublishedState.class);

    private final int groupId;
    private final List<LeadershipListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Leadership leadership;
    private volatile long term;
    private volatile long commitIndex;
    private volatile GroupMembers members = GroupMembers.UNKNOWN;
    private volatile Reinstalls reinstalls = Reinstalls.NONE;

    PublishedState(int groupId, long term, List<String> voters) {
        this.groupId = groupId;
        this.term = term;
        this.leadership = new Leadership(term, Leadership.Role.FOLLOWER, Optional.empty(), false,
                false, voters);
    }

    Leadership leadership() {
        return leadership;
    }

    /** The term for Confirm; published before a vote in it leaves the node, so it may be ahead of the leadership. */
    long term() {
        return term;
    }

    long commitIndex() {
        return commitIndex;
    }

    GroupMembers members() {
        return members;
    }

    void publishMembers(GroupMembers now) {
        members = now;
    }

    /** What became of reinstalling. */
    Reinstalls reinstalls() {
        return reinstalls;
    }

    void reinstalls(UnaryOperator<Reinstalls> change) {
        reinstalls = change.apply(reinstalls);
    }

    void listen(LeadershipListener listener) {
        listeners.add(listener);
    }

    void publishTerm(long newTerm) {
        if (newTerm != term) {
            term = newTerm;
        }
    }

    void publishCommitIndex(long index) {
        if (index > commitIndex) {
            commitIndex = index;
        }
    }

    /** Publishes the leadership if it differs and tells the listeners. */
    void publish(Leadership next) {
        Leadership previous = leadership;
        if (next.equals(previous)) {
            return;
        }
        publishTerm(next.term());
        leadership = next;
        log.info("leadership changed group={} term={} role={} leader={} serving={}", groupId,
                next.term(),
                next.role(), next.leader().orElse("unknown"), next.serving());
        for (LeadershipListener listener : listeners) {
            tell(listener, next);
        }
    }

    private static void tell(LeadershipListener listener, Leadership next) {
        try {
            listener.changed(next);
        } catch (RuntimeException defect) {
            log.error("leadership listener threw", defect);
        }
    }
}
