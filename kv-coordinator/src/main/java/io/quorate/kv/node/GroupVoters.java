package io.quorate.kv.node;

import io.quorate.kv.blob.BodyGroups;
import io.quorate.kv.raft.RaftGroup;
import java.util.List;

/** What the store of bodies hears about this node's one group. */
final class GroupVoters implements BodyGroups {
    /** Any route leads to the one group. */
    private static final List<Integer> ROUTES = List.of(0);

    private final RaftGroup group;

    GroupVoters(RaftGroup group) {
        this.group = group;
    }

    @Override
    public String self() {
        return group.self();
    }

    @Override
    public List<Integer> routes() {
        return ROUTES;
    }

    @Override
    public List<String> voters(int route) {
        return group.leadership().voters();
    }
}
