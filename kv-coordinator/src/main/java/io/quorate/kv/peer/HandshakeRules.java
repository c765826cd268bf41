package io.quorate.kv.peer;

import io.quorate.kv.peer.wire.Identity;
import io.quorate.kv.peer.wire.PeerHeader;
import io.quorate.kv.peer.wire.RefusalReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Decides whether this node talks to a caller. Safe for any thread. */
final class HandshakeRules {
    /** Data directories whose incarnation is remembered; the eldest is forgotten. */
    private static final int REMEMBERED_MAX = 1_024;

    private final LocalNode self;
    private final Map<UUID, Long> incarnations = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    HandshakeRules(LocalNode self) {
        this.self = self;
    }

    /** Why a caller is refused a Hello, if it is. */
    Optional<Refusal> refuseHello(Identity from, PeerCertificate certificate) {
        if (from.getProtocolMax() < PeerHeaders.PROTOCOL_MIN
                || from.getProtocolMin() > PeerHeaders.PROTOCOL_MAX) {
            return refuse(RefusalReason.PROTOCOL_VERSION, "node " + from.getNodeId()
                    + " speaks protocol versions " + from.getProtocolMin() + " to "
                    + from.getProtocolMax() + ", this node " + PeerHeaders.PROTOCOL_MIN + " to "
                    + PeerHeaders.PROTOCOL_MAX);
        }
        return certificate.refuse(from.getNodeId())
                .map(why -> new Refusal(RefusalReason.CERTIFICATE, why));
    }

    /** Why one who may be no member is refused a question about the membership, if it is. */
    Optional<Refusal> refuseGuest(Identity from, PeerCertificate certificate) {
        return refuseHello(from, certificate)
                .or(() -> refuseCluster(from, Uuids.decode(from.getClusterId())));
    }

    /**
     * Why a caller is refused anything else, if it is.
     *
     * @throws IllegalArgumentException if the header is malformed
     */
    Optional<Refusal> refuse(PeerHeader header, PeerCertificate certificate) {
        Identity from = header.getFrom();
        return refuseHello(from, certificate)
                .or(() -> refuseCluster(from, Uuids.decode(from.getClusterId())))
                .or(() -> refuseTarget(header))
                .or(() -> refuseMember(PeerHeaders.identity(from)));
    }

    private Optional<Refusal> refuseCluster(Identity from, Optional<UUID> theirs) {
        Optional<UUID> ours = self.cluster().clusterId();
        if (ours.isEmpty() || theirs.isEmpty() || ours.equals(theirs)) {
            return Optional.empty();
        }
        return refuse(RefusalReason.OTHER_CLUSTER, "node " + from.getNodeId()
                + " belongs to cluster " + theirs.get() + ", this node to " + ours.get());
    }

    private Optional<Refusal> refuseTarget(PeerHeader header) {
        NodeIdentity ours = self.identity();
        if (!header.getToNodeId().isEmpty() && !header.getToNodeId().equals(ours.nodeId())) {
            return refuse(RefusalReason.OTHER_NODE, "node " + header.getFrom().getNodeId()
                    + " calls " + header.getToNodeId() + ", but this is " + ours.nodeId());
        }
        Optional<UUID> meant = Uuids.decode(header.getToMemberUuid());
        if (meant.isPresent() && !meant.get().equals(ours.memberUuid())) {
            return refuse(RefusalReason.OTHER_NODE, "node " + header.getFrom().getNodeId()
                    + " calls " + ours.nodeId() + " with the data of member " + meant.get()
                    + ", but its data is of member " + ours.memberUuid());
        }
        return Optional.empty();
    }

    private Optional<Refusal> refuseMember(NodeIdentity caller) {
        if (caller.nodeId().equals(self.identity().nodeId())
                && !caller.memberUuid().equals(self.identity().memberUuid())) {
            return refuse(RefusalReason.OTHER_MEMBER,
                    "another node calls itself " + caller.nodeId() + ", as this one does");
        }
        Optional<UUID> recorded = self.cluster().memberUuidOf(caller.nodeId());
        if (recorded.isPresent() && !recorded.get().equals(caller.memberUuid())) {
            return refuse(RefusalReason.OTHER_MEMBER, "node " + caller.nodeId()
                    + " comes with the data of member " + caller.memberUuid()
                    + ", but is member " + recorded.get());
        }
        return refuseOldCopy(caller);
    }

    private Optional<Refusal> refuseOldCopy(NodeIdentity caller) {
        long newest;
        synchronized (incarnations) {
            newest = incarnations.merge(caller.memberUuid(), caller.incarnation(), Math::max);
        }
        return newest == caller.incarnation()
                ? Optional.empty()
                : refuse(RefusalReason.OLD_COPY, "node " + caller.nodeId() + " was started "
                        + caller.incarnation() + " times, but was met after start " + newest
                        + ": its data was put back from a copy");
    }

    private static Optional<Refusal> refuse(RefusalReason reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }
}
