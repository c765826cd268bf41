package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.List;

/**
 * Where in the log a checkpoint of the state machine stands: all that a member needs beside the files.
 *
 * @param index        the last entry it contains
 * @param term         that entry's term
 * @param membersIndex the index of the last membership change it contains, 0 for the first configuration
 * @param members      the voters after that change
 */
public record CheckpointMark(long index, long term, long membersIndex, List<RaftMember> members) {
    public CheckpointMark {
        members = List.copyOf(members);
        if (index < 1 || term < 1 || membersIndex < 0 || membersIndex > index
                || members.isEmpty()) {
            throw new IllegalArgumentException(
                    "checkpoint at index " + index + " term " + term + " members since "
                            + membersIndex);
        }
    }
}
