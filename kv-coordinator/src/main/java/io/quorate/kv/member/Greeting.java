package io.quorate.kv.member;

import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a node says of itself when it is greeted.
 *
 * @param who its name and the id of its data directory
 * @param cluster the cluster it belongs to, if any
 * @param founders of a node without a cluster: the names it was told to found one with
 */
public record Greeting(RaftMember who, Optional<UUID> cluster, List<String> founders) {
    public Greeting {
        founders = founders.stream().sorted().toList();
    }
}
