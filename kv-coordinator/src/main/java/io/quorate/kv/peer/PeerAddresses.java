package io.quorate.kv.peer;

import java.util.Optional;

/** Where nodes are; may change at any time. Safe for any thread, returns at once. */
@FunctionalInterface
public interface PeerAddresses {
    /** The node's present address, if it is known. */
    Optional<PeerAddress> addressOf(String nodeId);
}
