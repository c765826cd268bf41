package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.dto.InstallSnapshot;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import com.hazelcast.cp.internal.raft.impl.log.RaftLog;
import com.hazelcast.cp.internal.raft.impl.log.SnapshotEntry;
import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.hazelcast.wire.OperationCodec;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Serves members that lack more than the engine keeps in memory: from the disk's log while it reaches back far enough,
 * so that a restarted follower needs no checkpoint; by the offer of one otherwise.
 */
final class LaggardFeeder {
    /** A joining member is no follower yet; the engine's flow control does not know it. */
    private static final long NO_SEQUENCE = 0;

    private final GroupSetup setup;

    LaggardFeeder(GroupSetup setup) {
        this.setup = setup;
    }

    /**
     * What a member lacks.
     *
     * @param next     the first index it lacks
     * @param end      the index after the last that is to be read from the disk
     * @param term     the leader's term when it was found out
     * @param sequence the flow control number to answer
     * @param isWanted whether that is still so
     */
    private record Lack(RaftMember member, long next, long end, int term, long sequence,
            BooleanSupplier isWanted) {}

    /** Takes the engine's wish to install a snapshot on the follower. */
    void feed(GroupHost host, InstallSnapshot wish, RaftMember follower) {
        RaftState state = host.raft().state();
        long next = state.leaderState().getFollowerState(follower).nextIndex();
        fromDisk(host, new Lack(follower, next, state.log().snapshotIndex() + 1, wish.term(),
                wish.flowControlSequenceNumber(),
                () -> isNext(host.raft().state(), follower, next)));
    }

    private static boolean isNext(RaftState state, RaftMember follower, long next) {
        return state.isKnownMember(follower)
                && state.leaderState().getFollowerState(follower).nextIndex() == next;
    }

    /** Sends a member that is to join what follows, from memory if it is there. */
    void feedJoining(GroupHost host, RaftMember member, long next, BooleanSupplier isWanted) {
        RaftState state = host.raft().state();
        RaftLog log = state.log();
        long last = log.lastLogOrSnapshotIndex();
        Lack lack = new Lack(member, next, last + 1, state.term(), NO_SEQUENCE, isWanted);
        LogEntry previous = next - 1 == log.snapshotIndex()
                ? log.snapshot()
                : next == 1 ? null : log.getLogEntry(next - 1);
        if (previous == null || (next <= last && !log.containsLogEntry(next))) {
            fromDisk(host, lack);
            return;
        }
        long to = Math.min(last, next + setup.settings().appends().entries() - 1);
        LogEntry[] entries = next > last ? new LogEntry[0] : log.getEntriesBetween(next, to);
        send(host, lack, previous.term(), entries);
    }

    private void fromDisk(GroupHost host, Lack lack) {
        if (setup.log().firstRetainedIndex() > Math.max(1, lack.next() - 1)) {
            SnapshotEntry base = host.raft().state().log().snapshot();
            host.outbox()
                    .send(new RaftMessage.SnapshotOffered(setup.self(), lack.term(), base.index(),
                            base.term()),
                            lack.member());
        } else {
            setup.background().execute(() -> read(host, lack));
        }
    }

    private void read(GroupHost host, Lack lack) {
        try {
            List<LogEntry> entries = new ArrayList<>();
            setup.log().readEntries(Math.max(1, lack.next() - 1), lack.end(),
                    setup.settings().appends().bytes(),
                    (index, term, payload) -> entries
                            .add(new LogEntry(Math.toIntExact(term), index,
                                    OperationCodec.decode(payload))));
            host.executor().execute(() -> host.run(() -> sendRead(host, lack, entries)));
        } catch (RuntimeException | Error failure) {
            host.executor().execute(() -> host.run(() -> host.poison(failure)));
        }
    }

    /** The first entry read is the one before those lacked, unless they start with the log's very first. */
    private void sendRead(GroupHost host, Lack lack, List<LogEntry> read) {
        int previous = lack.next() == 1 ? 0 : 1;
        if (read.size() > previous) {
            send(host, lack, previous == 0 ? 0 : read.get(0).term(),
                    read.subList(previous, read.size()).toArray(LogEntry[]::new));
        }
    }

    private void send(GroupHost host, Lack lack, int previousTerm, LogEntry[] entries) {
        RaftState state = host.raft().state();
        if (state.leaderState() != null && state.term() == lack.term()
                && lack.isWanted().getAsBoolean()) {
            host.outbox()
                    .send(new AppendRequest(state.localEndpoint(), state.term(), previousTerm,
                            lack.next() - 1,
                            state.commitIndex(), entries, 0, lack.sequence()), lack.member());
        }
    }
}
