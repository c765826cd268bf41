package io.quorate.kv.raft.hazelcast;

import java.time.Duration;

/** Settings with small bounds, so that a short run meets them. */
final class TestSettings {
    private TestSettings() {}

    /** Snapshots every few dozen entries, appends of a few hundred bytes. */
    static RaftSettings small() {
        return new RaftSettings(
                new RaftSettings.Timing(Duration.ofMillis(100), Duration.ofMillis(300),
                        Duration.ofMillis(25)),
                new RaftSettings.Appends(64, 512, 4_096), new RaftSettings.Window(512, 1 << 20),
                new RaftSettings.Ring(1_024, 2_048, 256), 4_096);
    }
}
