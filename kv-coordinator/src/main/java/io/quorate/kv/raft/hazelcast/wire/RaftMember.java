package io.quorate.kv.raft.hazelcast.wire;

import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group. Its identity is the uuid, which belongs to the data directory: a node that lost its data comes
 * back as another member even under the same node id.
 *
 * @param uuid   the data directory's id
 * @param nodeId the name under which the transport reaches it
 */
public record RaftMember(UUID uuid, String nodeId) implements RaftEndpoint {
    /** Longest node id in UTF-8 bytes. */
    public static final int NODE_ID_BYTES_MAX = 255;

    public RaftMember {
        if (nodeId.isEmpty() || nodeId.length() > NODE_ID_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a node id has 1 to 255 bytes, not " + nodeId.length());
        }
    }

    @Override
    public UUID getUuid() {
        return uuid;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RaftMember member && member.uuid.equals(uuid);
    }

    @Override
    public int hashCode() {
        return uuid.hashCode();
    }
}
