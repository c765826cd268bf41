package io.quorate.kv.raft.hazelcast;

import com.hazelcast.config.cp.RaftAlgorithmConfig;
import java.time.Duration;

/**
 * Timing and bounds of one group.
 *
 * @param timing  when leaders speak and followers doubt
 * @param appends bounds of what one message carries
 * @param window  bounds of what a leader accepts before it is committed
 * @param ring    bounds of the entries kept in memory
 * @param inbox   messages that may wait for the group's thread; those beyond are dropped
 */
public record RaftSettings(Timing timing, Appends appends, Window window, Ring ring, int inbox) {
    /** What a node gives to all its groups' rings together. */
    public static final long RING_BYTES_OF_NODE = 64L << 20;

    /**
     * When leaders speak and followers doubt.
     *
     * @param heartbeat a leader is never silent for longer
     * @param election  silence after which a follower asks for votes, and a leader without a quorum steps down
     * @param backoff   period in which an unanswered append is looked at again
     */
    public record Timing(Duration heartbeat, Duration election, Duration backoff) {
        public Timing {
            if (heartbeat.toMillis() < 1 || election.toMillis() < 2 * heartbeat.toMillis()
                    || backoff.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "election timeout must be at least two heartbeats, all at least 1 ms");
            }
        }

        int missedHeartbeats() {
            return (int) (election.toMillis() / heartbeat.toMillis());
        }
    }

    /**
     * Bounds of one append.
     *
     * @param entries    entries in one message
     * @param bytes      bytes of operations in one message, unless its first entry alone is larger
     * @param entryBytes bytes of one proposal
     */
    public record Appends(int entries, int bytes, int entryBytes) {}

    /**
     * What a leader accepts before it is committed.
     *
     * @param proposals how many
     * @param bytes     of how many bytes together
     */
    public record Window(int proposals, long bytes) {}

    /**
     * Entries kept in memory. Beyond the bounds proposals are refused until the state machine has flushed.
     *
     * @param entries        how many at most
     * @param bytes          of how many bytes together; a flush starts at half of it
     * @param keepAfterFlush bytes that stay for slow followers after a flush
     */
    public record Ring(int entries, long bytes, long keepAfterFlush) {}

    /** For a node that holds this many groups. */
    public static RaftSettings forNodeWithGroups(int groups) {
        long share = RING_BYTES_OF_NODE / Math.max(1, groups);
        return new RaftSettings(
                new Timing(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(25)),
                new Appends(1_024, 1 << 20, 8 << 20),
                new Window(4_096, Math.max(1 << 20, share / 4)),
                new Ring(32_768, share, share / 8), 8_192);
    }

    /**
     * The engine's own configuration; the host enforces its bounds before the engine's are reached.
     *
     * @param restored entries that are there already: the engine would silently drop those beyond its capacity
     */
    RaftAlgorithmConfig toEngine(int restored) {
        return new RaftAlgorithmConfig()
                .setLeaderElectionTimeoutInMillis(timing.election().toMillis())
                .setLeaderHeartbeatPeriodInMillis(timing.heartbeat().toMillis())
                .setMaxMissedLeaderHeartbeatCount(timing.missedHeartbeats())
                .setAppendRequestMaxEntryCount(appends.entries())
                .setCommitIndexAdvanceCountToSnapshot(Math.max(ring.entries(), restored))
                .setUncommittedEntryCountToRejectNewAppends(4 * window.proposals())
                .setAppendRequestBackoffTimeoutInMillis(timing.backoff().toMillis());
    }
}
