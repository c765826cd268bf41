package io.quorate.kv.peer.raft;

import io.quorate.kv.peer.TestCluster;
import io.quorate.kv.peer.TestPeer;
import io.quorate.kv.raft.RecordingMachine;
import io.quorate.kv.raft.hazelcast.GroupSetup;
import io.quorate.kv.raft.hazelcast.HazelcastRaftGroup;
import io.quorate.kv.raft.hazelcast.RaftSettings;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.log.FileChannelLogFiles;
import io.quorate.kv.raft.log.LogListener;
import io.quorate.kv.raft.log.LogSettings;
import io.quorate.kv.raft.log.SegmentedRaftLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A node with one group, its log on disk, its peers over gRPC. */
final class GroupNode implements AutoCloseable {
    private final TestPeer peer;
    private final GrpcRaftTransport transport;
    private final RecordingMachine machine = new RecordingMachine();
    private final SegmentedRaftLog log;
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final HazelcastRaftGroup group;

    GroupNode(String nodeId, List<String> founders, TestCluster cluster, Path directory) {
        peer = new TestPeer(nodeId, cluster);
        transport = new GrpcRaftTransport(peer.connections());
        peer.start(transport.service());
        log = SegmentedRaftLog.open(directory.resolve(nodeId), new FileChannelLogFiles(),
                LogSettings.defaults().withMinimumFree(0), LogListener.none());
        group = HazelcastRaftGroup.open(new GroupSetup(0, member(nodeId),
                founders.stream().map(GroupNode::member).toList(),
                RaftSettings.forNodeWithGroups(1), transport,
                (from, id, atLeast) -> CompletableFuture
                        .failedFuture(new AssertionError("no checkpoint is needed")),
                log.group(0), machine, background, new Random()), timer);
    }

    private static RaftMember member(String nodeId) {
        return new RaftMember(TestPeer.uuid(nodeId), nodeId);
    }

    HazelcastRaftGroup group() {
        return group;
    }

    RecordingMachine machine() {
        return machine;
    }

    GrpcRaftTransport transport() {
        return transport;
    }

    TestPeer peer() {
        return peer;
    }

    @Override
    public void close() {
        group.close();
        transport.close();
        peer.close();
        timer.shutdownNow();
        background.shutdownNow();
        log.close();
    }
}
