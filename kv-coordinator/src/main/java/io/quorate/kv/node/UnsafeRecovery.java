package io.quorate.kv.node;

import io.quorate.kv.clock.AppliedGroupTime;
import io.quorate.kv.clock.Ticker;
import io.quorate.kv.clock.WallClock;
import io.quorate.kv.member.Founded;
import io.quorate.kv.mvcc.MvccStateMachine;
import io.quorate.kv.raft.StateMachine;
import io.quorate.kv.raft.hazelcast.wire.LogOperation;
import io.quorate.kv.raft.hazelcast.wire.OperationCodec;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.StateCodec;
import io.quorate.kv.raft.log.FileChannelLogFiles;
import io.quorate.kv.raft.log.GroupLog;
import io.quorate.kv.raft.log.LogListener;
import io.quorate.kv.raft.log.LogRecordEntry;
import io.quorate.kv.raft.log.LogSettings;
import io.quorate.kv.raft.log.RaftLogException;
import io.quorate.kv.raft.log.RecoveredGroup;
import io.quorate.kv.raft.log.SegmentedRaftLog;
import io.quorate.kv.raft.log.SnapshotMark;
import io.quorate.kv.shard.RouteTable;
import io.quorate.kv.storage.RocksMvccStore;
import io.quorate.kv.storage.RocksResources;
import io.quorate.kv.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one survivor of a cluster that has lost its majority for good a cluster of its own, offline: what
 * its log holds is taken for committed, whether it was or not, and the other members are struck out. It gets
 * another cluster id, so that a former member that comes back after all is refused.
 */
public final class UnsafeRecovery {
    /** What an operator must accept first; takes the data directory. */
    public static final String WARNING = """
            Unsafe recovery makes %s a cluster of its own. Do this only when more than half of the \
            members are lost for good, and on the survivor that was led last or whose commit index is \
            highest. What may be lost or wrong afterwards: every write that the lost members \
            had acknowledged and this one had not received; and writes whose outcome was never told may \
            turn out to have happened. The other members' data can never be used again: empty their \
            directories. Run it with the node's process stopped, after a copy of the \
            directory was made, and confirm with --accept-data-loss.""";
    private static final Logger LOG = LoggerFactory.getLogger(UnsafeRecovery.class);
    private static final int GROUP = RouteTable.DEFAULT_GROUP;

    private UnsafeRecovery() {}

    /**
     * What became of it.
     *
     * @param nodeId the survivor
     * @param cluster its cluster from now on
     * @param index the last entry it has
     */
    public record Recovered(String nodeId, UUID cluster, long index) {}

    /**
     * Recovers the directory, which no process holds. When it fails half-way it can be run again.
     *
     * @throws NodeStartException if the directory is in use, is none, or cannot be read
     */
    public static Recovered run(Path where) throws NodeStartException {
        NodeMeta before = NodeMeta.read(where.toAbsolutePath().normalize(), "unknown")
                .filter(meta -> meta.founded().isPresent())
                .orElseThrow(() -> new NodeStartFailure.DirectoryUnusable(where,
                        "it belongs to no cluster").asException());
        if (before.format() < NodeMeta.FORMAT) {
            throw new NodeStartFailure.DirectoryUnusable(where,
                    "it is a single node's and has nothing to recover from").asException();
        }
        RaftMember self = before.self();
        try (DataDirectory held = DataDirectory.take(where, self.nodeId())) {
            Founded alone = Founded.alone(self);
            // The new id first: a node that is alone under the old one could meet its former cluster.
            DataDirectory directory = held.in(alone);
            long last = rewrite(directory, self);
            LOG.warn("recovered unsafely node={} member={} cluster={} index={}", self.nodeId(),
                    self.uuid(), alone.cluster(), last);
            return new Recovered(self.nodeId(), alone.cluster(), last);
        } catch (IOException | RuntimeException e) {
            throw new NodeStartFailure.StateUnreadable(GROUP, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private static long rewrite(DataDirectory directory, RaftMember self) throws IOException {
        try (SegmentedRaftLog log = SegmentedRaftLog.open(directory.log(),
                new FileChannelLogFiles(), LogSettings.defaults(), new LogListener() {})) {
            GroupLog group = log.group(GROUP);
            RecoveredGroup found = group.recovered();
            apply(directory, found);
            group.replaceState(alone(found, self));
            group.flush();
            return group.lastIndex();
        } catch (RaftLogException e) {
            throw new IOException("the log: " + e.failure(), e);
        }
    }

    /** The state machine first: one that is ahead of its log only skips entries. */
    private static void apply(DataDirectory directory, RecoveredGroup found) throws IOException {
        try (RocksResources resources = new RocksResources(StorageSettings.defaults());
                RocksMvccStore store = RocksMvccStore.open(resources, directory.group(GROUP))) {
            AppliedGroupTime time = new AppliedGroupTime(WallClock.system(), Ticker.system(),
                    store.applied().lastStamp());
            StateMachine machine = new MvccStateMachine(store, time, (index, routes) -> {});
            long durable = machine.durableIndex();
            for (LogRecordEntry entry : found.entries()) {
                if (entry.index() <= durable) {
                    continue;
                }
                if (OperationCodec
                        .decode(entry.payload()) instanceof LogOperation.Command(byte[] command)) {
                    Object unused = machine.apply(entry.index(), entry.term(), command);
                } else {
                    machine.applyEmpty(entry.index(), entry.term());
                }
            }
            long flushed = machine.flush();
            LOG.info("log applied group={} from={} to={}", GROUP, durable, flushed);
        }
    }

    private static RecoveredGroup alone(RecoveredGroup found, RaftMember self) {
        StateCodec.Membership members = new StateCodec.Membership(self, List.of(self));
        Optional<SnapshotMark> base = last(found).map(last -> new SnapshotMark(last.index(),
                last.term(), StateCodec.encode(
                        new StateCodec.SnapshotMembers(last.index(), List.of(self)))));
        return new RecoveredGroup(GROUP, Optional.of(StateCodec.encode(members)),
                found.term() + 1, StateCodec.encodeVote(null), base, List.of());
    }

    private record Last(long index, long term) {}

    private static Optional<Last> last(RecoveredGroup found) {
        return found.entries().isEmpty()
                ? found.snapshot().map(mark -> new Last(mark.index(), mark.term()))
                : Optional.of(new Last(found.entries().getLast().index(),
                        found.entries().getLast().term()));
    }
}
