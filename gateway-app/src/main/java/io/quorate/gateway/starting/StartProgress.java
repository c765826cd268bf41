package io.quorate.gateway.starting;

import io.quorate.kv.NodeHealth;
import java.util.Optional;

/** What a start waits for; never ready. Safe for any thread. */
public final class StartProgress {
    private volatile String reason = "the node is starting";

    /** The start waits for something, said in a few words. */
    public void waitsFor(String what) {
        reason = "the node is starting: it waits for " + what;
    }

    /** The health of a node that starts. */
    public NodeHealth health() {
        return () -> Optional.of(reason);
    }
}
