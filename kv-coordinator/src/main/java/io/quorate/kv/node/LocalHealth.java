package io.quorate.kv.node;

import io.quorate.kv.NodeHealth;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.RaftGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Ready is a node that has started, whose disk, log and state work, and whose groups each know a leader
 * and are caught up. From local state alone; any thread.
 */
final class LocalHealth implements NodeHealth {
    /** Entries known to be committed that may wait to be applied before a group counts as behind. */
    private static final long MAX_APPLY_LAG = 10_000;

    private final NodeCondition condition;
    private final List<RaftGroup> groups;
    private final Supplier<Optional<String>> membership;
    private volatile boolean serving = true;

    LocalHealth(NodeCondition condition, List<RaftGroup> groups,
            Supplier<Optional<String>> membership) {
        this.membership = membership;
        this.condition = condition;
        this.groups = List.copyOf(groups);
    }

    void stopping() {
        serving = false;
    }

    @Override
    public Optional<String> reasonNotReady() {
        if (!serving) {
            return Optional.of("the node is stopping");
        }
        Optional<NodeCondition.Stop> stop = condition.stop();
        if (stop.isPresent()) {
            return stop.map(NodeCondition.Stop::sentence);
        }
        if (condition.isLowOnSpace()) {
            return Optional.of("the disk is nearly full");
        }
        return membership.get().or(() -> groups.stream().map(LocalHealth::reason)
                .flatMap(Optional::stream).findFirst());
    }

    private static Optional<String> reason(RaftGroup group) {
        Leadership leadership = group.leadership();
        if (leadership.role() == Leadership.Role.POISONED) {
            return Optional.of("group " + group.groupId() + " has stopped after a failure");
        }
        if (leadership.leader().isEmpty() || (leadership.isLeader() && !leadership.serving())) {
            return Optional.of("group " + group.groupId() + " has no leader that serves");
        }
        if (group.commitIndex() - group.appliedIndex() > MAX_APPLY_LAG) {
            return Optional.of("group " + group.groupId() + " is not caught up");
        }
        return Optional.empty();
    }
}
