package io.quorate.kv.peer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What this node knows of its cluster; may change at any time. Safe for any thread, returns at once. */
public interface ClusterView {
    /**
     * A member as the membership records it.
     *
     * @param memberUuid the identity of its data directory, if it is known yet
     * @param address    where it is reached
     */
    record Member(String nodeId, Optional<UUID> memberUuid, PeerAddress address) {}

    /** The cluster's identity; none before this node has founded or joined one. */
    Optional<UUID> clusterId();

    /** The members known, in order of node id; empty while this node belongs to no cluster. */
    List<Member> members();

    /** The data directory that the membership records for a node id. */
    default Optional<UUID> memberUuidOf(String nodeId) {
        return members().stream().filter(member -> member.nodeId().equals(nodeId)).findFirst()
                .flatMap(Member::memberUuid);
    }
}
