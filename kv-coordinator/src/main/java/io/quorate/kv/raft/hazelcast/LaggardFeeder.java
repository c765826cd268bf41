package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.dto.InstallSnapshot;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.log.SnapshotEntry;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.hazelcast.wire.OperationCodec;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Serves followers that lack more than the engine keeps in memory: from the disk's log while it reaches back far
 * enough, so that a restarted follower needs no checkpoint; by the offer of one otherwise.
 */
final class LaggardFeeder {
    private final GroupSetup setup;

    LaggardFeeder(GroupSetup setup) {
        this.setup = setup;
    }

    /** Takes the engine's wish to install a snapshot on the follower. */
    void feed(GroupHost host, InstallSnapshot wish, RaftMember follower) {
        RaftState state = host.raft().state();
        long next = state.leaderState().getFollowerState(follower).nextIndex();
        if (setup.log().firstRetainedIndex() > Math.max(1, next - 1)) {
            SnapshotEntry base = wish.snapshot();
            host.outbox()
                    .send(new RaftMessage.SnapshotOffered(setup.self(), wish.term(), base.index(),
                            base.term()),
                            follower);
            return;
        }
        long end = state.log().snapshotIndex() + 1;
        setup.background().execute(() -> read(host, wish, follower, next, end));
    }

    private void read(GroupHost host, InstallSnapshot wish, RaftMember follower, long next,
            long end) {
        try {
            List<LogEntry> entries = new ArrayList<>();
            long first = Math.max(1, next - 1);
            setup.log().readEntries(first, end, setup.settings().appends().bytes(),
                    (index, term, payload) -> entries
                            .add(new LogEntry(Math.toIntExact(term), index,
                                    OperationCodec.decode(payload))));
            host.executor()
                    .execute(() -> host.run(() -> send(host, wish, follower, next, entries)));
        } catch (RuntimeException | Error failure) {
            host.executor().execute(() -> host.run(() -> host.poison(failure)));
        }
    }

    /** The first entry read is the one before {@code next}, unless that is the log's very first. */
    private void send(GroupHost host, InstallSnapshot wish, RaftMember follower, long next,
            List<LogEntry> read) {
        RaftState state = host.raft().state();
        int previous = next == 1 ? 0 : 1;
        boolean isStale = state.leaderState() == null || state.term() != wish.term()
                || !state.isKnownMember(follower)
                || state.leaderState().getFollowerState(follower).nextIndex() != next;
        if (isStale || read.size() <= previous) {
            return;
        }
        LogEntry[] entries = read.subList(previous, read.size()).toArray(LogEntry[]::new);
        int previousTerm = previous == 0 ? 0 : read.get(0).term();
        host.outbox()
                .send(new AppendRequest(state.localEndpoint(), state.term(), previousTerm, next - 1,
                        state.commitIndex(), entries, 0, wish.flowControlSequenceNumber()),
                        follower);
    }
}
