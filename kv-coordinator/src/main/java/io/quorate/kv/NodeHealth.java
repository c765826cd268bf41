package io.quorate.kv;

import java.util.Optional;

/** Whether this node can serve, from local state alone; safe for any thread, never blocks. */
public interface NodeHealth {
    /** Why the node is not ready, in one clear sentence without secrets; empty when it is. */
    Optional<String> reasonNotReady();
}
