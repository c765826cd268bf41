package io.quorate.kv.member;

import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a node says of itself when it is greeted.
 *
 * @param who its name and the id of its data directory
 * @param cluster the cluster it belongs to, if any
 * @param members of a cluster, the members it knows; without one, the names it was told to found one
 *        with; each with its data directory, if known
 */
public record Greeting(RaftMember who, Optional<UUID> cluster,
        Map<String, Optional<UUID>> members) {
    public Greeting {
        members = Map.copyOf(members);
    }

    /** The names, in order. */
    List<String> names() {
        return members.keySet().stream().sorted().toList();
    }

    /** The members that it names, if it says of all of them which data directory they are. */
    Optional<List<RaftMember>> known() {
        return members.values().stream().allMatch(Optional::isPresent)
                ? Optional.of(members.entrySet().stream()
                        .map(member -> new RaftMember(member.getValue().orElseThrow(),
                                member.getKey()))
                        .toList())
                : Optional.empty();
    }
}
