package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.StateMachine;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.log.GroupLog;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a group is opened with on one node.
 *
 * @param groupId    its number
 * @param self       this member
 * @param founders   the first configuration, for a group that has no durable state yet; without this member when it is
 *                   to join a group that exists
 * @param settings   timing and bounds
 * @param transport  carries its messages
 * @param log        its part of the node's log
 * @param checkpoints fetches state from another member when the log no longer reaches back
 * @param machine    what entries are applied to; its owner closes it after the group
 * @param background runs flushes and checkpoints; tasks block on the disk
 * @param random     spreads election timeouts; used on the group's thread only
 */
public record GroupSetup(int groupId, RaftMember self, List<RaftMember> founders,
        RaftSettings settings,
        RaftTransport transport, CheckpointFetcher checkpoints, GroupLog log, StateMachine machine,
        Executor background,
        RandomGenerator random) {
    public GroupSetup {
        founders = List.copyOf(founders);
        if (founders.isEmpty()) {
            throw new IllegalArgumentException("a group has founders");
        }
    }
}
