package io.quorate.kv.peer;

import io.quorate.kv.peer.wire.HelloResponse;
import io.quorate.kv.peer.wire.Member;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a node says about itself and its cluster.
 *
 * @param identity  who it is
 * @param clusterId its cluster, if it belongs to one
 * @param members   the members it knows
 */
public record Hello(NodeIdentity identity, Optional<UUID> clusterId,
        List<ClusterView.Member> members) {
    public Hello {
        members = List.copyOf(members);
    }

    /** @throws IllegalArgumentException if the answer says nothing that can be */
    static Hello of(HelloResponse wire) {
        return new Hello(PeerHeaders.identity(wire.getFrom()),
                Uuids.decode(wire.getFrom().getClusterId()),
                wire.getMembersList().stream().map(Hello::member).toList());
    }

    private static ClusterView.Member member(Member wire) {
        return new ClusterView.Member(wire.getNodeId(), Uuids.decode(wire.getMemberUuid()),
                PeerAddress.parse(wire.getAddress()));
    }
}
