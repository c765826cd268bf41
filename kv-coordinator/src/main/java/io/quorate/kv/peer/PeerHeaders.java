package io.quorate.kv.peer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quorate.kv.peer.wire.Identity;
import io.quorate.kv.peer.wire.PeerHeader;
import io.quorate.kv.peer.wire.PeerStatus;
import io.quorate.kv.peer.wire.RefusalStatus;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What goes beside calls: who calls whom, and typed outcomes. Stateless. */
public final class PeerHeaders {
    /** Protocol versions this program speaks. */
    static final int PROTOCOL_MIN = 1;
    static final int PROTOCOL_MAX = 1;

    static final Metadata.Key<byte[]> PEER = Metadata.Key.of("quorate-peer-bin",
            Metadata.BINARY_BYTE_MARSHALLER);
    private static final Metadata.Key<byte[]> STATUS = Metadata.Key.of("quorate-status-bin",
            Metadata.BINARY_BYTE_MARSHALLER);

    private PeerHeaders() {}

    static Identity identity(LocalNode node) {
        NodeIdentity self = node.identity();
        return Identity.newBuilder().setProtocolMin(PROTOCOL_MIN).setProtocolMax(PROTOCOL_MAX)
                .setClusterId(Uuids.encode(node.cluster().clusterId())).setNodeId(self.nodeId())
                .setMemberUuid(Uuids.encode(self.memberUuid()))
                .setIncarnation(self.incarnation()).build();
    }

    static byte[] header(LocalNode node, String target) {
        return PeerHeader.newBuilder().setFrom(identity(node)).setToNodeId(target)
                .setToMemberUuid(Uuids.encode(node.cluster().memberUuidOf(target))).build()
                .toByteArray();
    }

    /** @throws IllegalArgumentException if what it says is none */
    static NodeIdentity identity(Identity wire) {
        UUID uuid = Uuids.decode(wire.getMemberUuid())
                .orElseThrow(() -> new IllegalArgumentException("no member uuid"));
        return new NodeIdentity(wire.getNodeId(), uuid, wire.getIncarnation());
    }

    /** Trailers that carry a typed outcome. */
    public static Metadata trailers(PeerStatus status) {
        Metadata trailers = new Metadata();
        trailers.put(STATUS, status.toByteArray());
        return trailers;
    }

    static StatusRuntimeException refused(Refusal refusal) {
        return Status.PERMISSION_DENIED.withDescription(refusal.detail())
                .asRuntimeException(trailers(PeerStatus.newBuilder()
                        .setRefusal(RefusalStatus.newBuilder().setReason(refusal.reason())
                                .setDetail(refusal.detail()))
                        .build()));
    }

    /** The typed outcome that came with a failed call, if one did and can be read. */
    public static Optional<PeerStatus> status(@Nullable Metadata trailers) {
        byte @Nullable [] bytes = trailers == null ? null : trailers.get(STATUS);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(PeerStatus.parseFrom(bytes));
        } catch (InvalidProtocolBufferException unreadable) {
            return Optional.empty();
        }
    }

    /** The refusal that came with a failed call, if it was refused. */
    public static Optional<Refusal> refusal(@Nullable Metadata trailers) {
        return status(trailers).filter(PeerStatus::hasRefusal).map(PeerStatus::getRefusal)
                .map(PeerHeaders::refusal);
    }

    /** The refusal as it was sent. */
    public static Refusal refusal(RefusalStatus wire) {
        return new Refusal(wire.getReason(), wire.getDetail());
    }
}
