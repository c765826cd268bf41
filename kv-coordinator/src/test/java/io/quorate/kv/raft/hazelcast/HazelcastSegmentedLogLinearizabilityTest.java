package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.RaftWorld;
import io.quorate.kv.raft.RegisterLinearizability;

/** The engine on the segmented log that ships, over files that tear, lose and fail. */
class HazelcastSegmentedLogLinearizabilityTest extends RegisterLinearizability {
    @Override
    protected RaftWorld newWorld(int members, long seed) {
        return new HazelcastWorld(members, seed, TestSettings.small(), MemberDisk::segmented);
    }

    @Override
    protected int ordinaryRuns() {
        return 20;
    }

    @Override
    protected int slowRuns() {
        return 300;
    }
}
