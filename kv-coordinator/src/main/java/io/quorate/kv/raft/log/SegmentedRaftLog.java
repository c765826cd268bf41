package io.quorate.kv.raft.log;

import io.quorate.kv.raft.log.LogFailure.DiskFailed;
import io.quorate.kv.raft.log.LogFailure.DiskFull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * The Raft log of all groups of one node. Thread-safe; each group's {@link GroupLog} belongs to that group's thread.
 *
 * <p>
 * The caller makes sure that one process holds the directory. Once {@link #poisoned()} is not empty nothing is
 * acknowledged any more, and the process should end: a new one reads what really is on disk.
 */
public final class SegmentedRaftLog implements AutoCloseable {

    /** How long {@link #close()} waits for a thread of the log's own, which may be in the middle of an fsync. */
    private static final long CLOSE_WAIT_MILLIS = 10_000;

    private final LogContext context;
    private final GroupStates states;
    private final SegmentSupply supply;
    private final LogHealth health;
    private final LogTail tail;
    private final GroupCommit commit;
    private final EntryReader reader;
    private final Upkeep upkeep;
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentMap<Integer, SegmentedGroupLog> groups = new ConcurrentHashMap<>();

    private SegmentedRaftLog(LogContext context, boolean background) throws IOException {
        this.context = context;
        LogRecovery.Recovered recovered = LogRecovery.recover(context);
        states = recovered.states();
        SegmentStore store = new SegmentStore(context, recovered.segments());
        supply = new SegmentSupply(store, recovered.lastSequence(), background);
        health = new LogHealth(context);
        supply.prepare();
        tail = new LogTail(store, supply, states, recovered.end());
        tail.mark();
        commit = new GroupCommit(tail, health, context.settings().batchBytesMax());
        reader = new EntryReader(store, tail::durable);
        upkeep = new Upkeep(supply, new Reclamation(store, states, commit, reader), commit, health,
                context);
        upkeep.checkSpace();
        if (background) {
            start("raft-log-prepare", () -> supply.run(health));
            start("raft-log-upkeep", upkeep);
        }
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /**
     * Recovers the log in {@code directory}, which is created if missing.
     *
     * @param listener told what happens inside, for metrics
     * @throws RaftLogException if acknowledged data is damaged, the format is unknown, or the disk fails
     */
    public static SegmentedRaftLog open(Path directory, LogFiles files, LogSettings settings,
            LogListener listener) {
        return open(new LogContext(directory, files, settings, listener), true);
    }

    /** @param background false: no thread of its own; the caller runs {@link #maintain()} */
    static SegmentedRaftLog open(LogContext context, boolean background) {
        try {
            return new SegmentedRaftLog(context, background);
        } catch (OutOfSpaceException e) {
            throw new RaftLogException(new DiskFull(context.directory(), 0), e);
        } catch (IOException e) {
            throw new RaftLogException(new DiskFailed("open"), e);
        }
    }

    /** The group's part of the log, the same object every time. */
    public GroupLog group(int groupId) {
        return groups.computeIfAbsent(groupId,
                id -> new SegmentedGroupLog(states.of(id), context.settings(), commit, reader,
                        supply::nudge));
    }

    /** Why the log stopped for good, if it did. */
    public Optional<Throwable> poisoned() {
        return health.poison();
    }

    /** Calls {@code listener} once when the log stops, at once if it has; on whichever thread met the failure. */
    public void onPoison(Consumer<Throwable> listener) {
        health.onPoison(listener);
    }

    /**
     * Whether the disk has less room than {@link LogSettings#minimumFreeBytes()}; looked at every second. Whoever
     * admits proposals should refuse them then: a full disk stops the log for good.
     */
    public boolean isLowOnSpace() {
        return upkeep.isLowOnSpace();
    }

    /** How many groups wait for the batch after the one being written. */
    int waitingGroups() {
        return commit.waiting();
    }

    /** One round of what the log's own threads do. */
    void maintain() throws IOException {
        supply.prepare();
        upkeep.once();
        upkeep.markIfIdle();
    }

    /**
     * Ends the log after the batch that is being written; what is buffered and not flushed is lost. Further calls
     * fail. Threads and files are let go of even if the disk refuses the last record.
     *
     * @throws RaftLogException if the disk failed meanwhile
     */
    @Override
    public void close() {
        try {
            if (health.refusal() == null) {
                commit.exclusively(new Ticket(new RecordBuffer(0)), end -> {
                    end.mark();
                    health.close();
                });
            }
        } finally {
            stopThreads();
            closeFiles();
        }
    }

    private void closeFiles() {
        try {
            supply.close();
            tail.close();
        } catch (IOException e) {
            throw new RaftLogException(new DiskFailed("close"), e);
        }
    }

    private void stopThreads() {
        supply.stop();
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE_WAIT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
