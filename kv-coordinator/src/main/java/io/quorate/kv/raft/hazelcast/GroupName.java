package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.CPGroupId;

/** The group's id in the engine's terms. */
record GroupName(int groupId) implements CPGroupId {
    @Override
    public String getName() {
        return "group-" + groupId;
    }

    @Override
    public long getId() {
        return groupId;
    }
}
