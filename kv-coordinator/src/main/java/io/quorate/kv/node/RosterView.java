package io.quorate.kv.node;

import io.quorate.kv.member.Roster;
import io.quorate.kv.peer.ClusterView;
import io.quorate.kv.peer.PeerAddress;
import io.quorate.kv.peer.PeerAddresses;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The roster as connections ask for it. */
record RosterView(Roster roster) implements ClusterView, PeerAddresses {
    @Override
    public Optional<UUID> clusterId() {
        return roster.cluster();
    }

    /** Of a node without a cluster: those with whom it is to found one. */
    @Override
    public List<Member> members() {
        return roster.contacts().stream()
                .filter(contact -> contact.address().isPresent())
                .map(contact -> new Member(contact.nodeId(),
                        clusterId().isEmpty() ? Optional.empty() : contact.member(),
                        PeerAddress.parse(contact.address().orElseThrow())))
                .toList();
    }

    @Override
    public Optional<UUID> memberUuidOf(String nodeId) {
        return clusterId().flatMap(cluster -> roster.memberOf(nodeId));
    }

    @Override
    public Optional<PeerAddress> addressOf(String nodeId) {
        return roster.addressOf(nodeId).map(PeerAddress::parse);
    }
}
