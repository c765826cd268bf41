package io.quorate.kv.raft.hazelcast;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/** Brings a checkpoint of a group from another member, off the group's thread. */
@FunctionalInterface
public interface CheckpointFetcher {
    /**
     * A checkpoint that has arrived whole.
     *
     * @param mark      where it stands
     * @param directory its files; the state machine may move them away
     */
    record Fetched(CheckpointMark mark, Path directory) {}

    /**
     * Fetches one, within a time the fetcher bounds, with checksums verified. Returns at once.
     *
     * @param member  the node id of the member to fetch from
     * @param atLeast the checkpoint must contain this index
     */
    CompletionStage<Fetched> fetch(String member, int groupId, long atLeast);

    /** The checkpoint was installed or is not wanted: what is left of its directory may go. */
    default void release(Fetched fetched) {}
}
