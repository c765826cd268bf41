package io.quorate.kv.node;

import io.quorate.kv.raft.hazelcast.CheckpointFetcher;
import io.quorate.kv.raft.hazelcast.RaftTransport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The transport of a node that is alone in its cluster: there is nobody to send to or hear from. */
final class NoPeers implements RaftTransport {
    @Override
    public void send(String target, int groupId, byte[] message) {
        throw new IllegalStateException("a node without peers has no message for " + target);
    }

    @Override
    public Registration register(int groupId, Receiver receiver) {
        return () -> {};
    }

    /** Nobody has a checkpoint to fetch. */
    static CompletionStage<CheckpointFetcher.Fetched> noCheckpoint(String member, int groupId,
            long atLeast) {
        return CompletableFuture.failedStage(
                new IllegalStateException("a node without peers has no checkpoint to fetch"));
    }
}
