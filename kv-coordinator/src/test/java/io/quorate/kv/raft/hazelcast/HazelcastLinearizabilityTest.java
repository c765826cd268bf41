package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.RaftWorld;
import io.quorate.kv.raft.RegisterLinearizability;

/** The engine on logs in memory that lose what was not forced. */
class HazelcastLinearizabilityTest extends RegisterLinearizability {
    @Override
    protected RaftWorld newWorld(int members, long seed) {
        return new HazelcastWorld(members, seed, TestSettings.small(), MemberDisk::inMemory);
    }

    @Override
    protected int ordinaryRuns() {
        return 100;
    }

    @Override
    protected int slowRuns() {
        return 1_000;
    }
}
