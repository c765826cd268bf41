package io.quorate.kv.node;

import io.quorate.kv.PeerCalls;
import io.quorate.kv.clock.Ticker;
import io.quorate.kv.clock.WallClock;
import io.quorate.kv.raft.log.FileChannelLogFiles;
import io.quorate.kv.raft.log.LogFiles;
import io.quorate.kv.storage.FreeSpace;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What a node takes from outside and a test replaces.
 *
 * @param logFiles the file system as the log uses it
 * @param wall wall time
 * @param ticker monotonic time
 * @param random spreads timeouts
 * @param freeSpace how much room a directory's disk has
 * @param failStop told once, in one sentence, when the log or the state has failed for good; the
 *        process should end, since what really is on the disk is known only after a start
 * @param peers the requests to other nodes' leaders, as they are sent
 * @param waits told in a few words what a start waits for, whenever that changes
 */
public record NodeSeams(LogFiles logFiles, WallClock wall, Ticker ticker, RandomGenerator random,
        FreeSpaceOf freeSpace, Consumer<String> failStop, UnaryOperator<PeerCalls> peers,
        Consumer<String> waits) {
    /** The real ones; after a failure for good the node stays, not ready, and refuses writes. */
    public static NodeSeams system() {
        return new NodeSeams(new FileChannelLogFiles(), WallClock.system(), Ticker.system(),
                RandomGenerator.getDefault(), FreeSpace::of, sentence -> {},
                UnaryOperator.identity(), what -> {});
    }

    /** The same with another end. */
    public NodeSeams withFailStop(Consumer<String> other) {
        return new NodeSeams(logFiles, wall, ticker, random, freeSpace, other, peers, waits);
    }

    /** The same with another wall clock. */
    public NodeSeams withWall(WallClock other) {
        return new NodeSeams(logFiles, other, ticker, random, freeSpace, failStop, peers, waits);
    }

    /** The same with another disk space. */
    public NodeSeams withFreeSpace(FreeSpaceOf other) {
        return new NodeSeams(logFiles, wall, ticker, random, other, failStop, peers, waits);
    }

    /** The same with other requests to other nodes. */
    public NodeSeams withPeers(UnaryOperator<PeerCalls> other) {
        return new NodeSeams(logFiles, wall, ticker, random, freeSpace, failStop, other, waits);
    }

    /** The same, telling somebody else what a start waits for. */
    public NodeSeams tellingWaits(Consumer<String> other) {
        return new NodeSeams(logFiles, wall, ticker, random, freeSpace, failStop, peers, other);
    }

    /** Looks at the disk of a directory. */
    @FunctionalInterface
    public interface FreeSpaceOf {
        /** The room on the disk that holds the directory. */
        FreeSpace of(Path directory);
    }

    /** The same with another file system under the log. */
    public NodeSeams withLogFiles(LogFiles other) {
        return new NodeSeams(other, wall, ticker, random, freeSpace, failStop, peers, waits);
    }
}
