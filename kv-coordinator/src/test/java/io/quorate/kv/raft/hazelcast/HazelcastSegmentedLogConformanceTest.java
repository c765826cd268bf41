package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.RaftGroupConformance;
import io.quorate.kv.raft.RaftWorld;

/** The engine on the segmented log that ships, over files that tear, lose and fail. */
class HazelcastSegmentedLogConformanceTest extends RaftGroupConformance {
    @Override
    protected RaftWorld newWorld(int members, long seed) {
        return new HazelcastWorld(members, seed, TestSettings.small(), MemberDisk::segmented);
    }

    @Override
    protected int ordinaryRuns() {
        return 10;
    }

    @Override
    protected int slowRuns() {
        return 100;
    }
}
