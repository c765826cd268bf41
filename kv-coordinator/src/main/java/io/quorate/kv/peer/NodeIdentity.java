package io.quorate.kv.peer;

import java.util.UUID;

/**
 * What a node calls itself.
 *
 * @param nodeId      its configured name
 * @param memberUuid  the identity of its data directory
 * @param incarnation counts the process starts of the data directory
 */
public record NodeIdentity(String nodeId, UUID memberUuid, long incarnation) {
    /** Longest node id in UTF-8 bytes. */
    public static final int NODE_ID_BYTES_MAX = 255;

    public NodeIdentity {
        if (nodeId.isEmpty() || nodeId.length() > NODE_ID_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a node id has 1 to 255 bytes, not " + nodeId.length());
        }
        if (incarnation < 0) {
            throw new IllegalArgumentException("incarnation " + incarnation + " is negative");
        }
    }
}
