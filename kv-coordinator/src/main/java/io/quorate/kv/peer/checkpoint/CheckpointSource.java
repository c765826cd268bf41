package io.quorate.kv.peer.checkpoint;

import io.quorate.kv.raft.hazelcast.CheckpointMark;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/** Makes checkpoints of one group. */
@FunctionalInterface
public interface CheckpointSource {
    /**
     * Writes one, off the caller's thread; {@code HazelcastRaftGroup::checkpoint}.
     *
     * @param directory empty; its files are not changed afterwards
     * @return where it stands; fails if that cannot be said yet
     */
    CompletionStage<CheckpointMark> checkpoint(Path directory);
}
