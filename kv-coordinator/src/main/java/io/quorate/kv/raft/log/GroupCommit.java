package io.quorate.kv.raft.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One fsync for all groups that wait. There is no writer thread: the first caller that finds nobody leading writes and
 * forces for everyone in the queue, while the next batch gathers; then it wakes the first of that one to lead it. A
 * group that is alone therefore never waits for another thread. The queue holds at most one ticket per group.
 */
final class GroupCommit {

    private final LogTail tail;
    private final LogHealth health;
    private final int batchBytesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Ticket> queue = new ArrayDeque<>();
    private boolean led;

    GroupCommit(LogTail tail, LogHealth health, int batchBytesMax) {
        this.tail = tail;
        this.health = health;
        this.batchBytesMax = batchBytesMax;
    }

    /** Returns when the ticket's records are on disk. */
    void commit(Ticket ticket) {
        pass(ticket, null);
    }

    /** @throws RaftLogException if nothing can be committed any more */
    void requireUsable() {
        health.check();
    }

    /** Runs the action when nobody else writes. A failure in it poisons the log as a failed write does. */
    void exclusively(Ticket ticket, Ticket.Exclusive action) {
        pass(ticket, action);
    }

    private void pass(Ticket ticket, Ticket.@Nullable Exclusive action) {
        health.check();
        ticket.arm(action);
        if (enqueue(ticket) || ticket.awaitTurn()) {
            lead(ticket);
        }
        ticket.result();
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody leads, so that the caller has to. */
    private boolean enqueue(Ticket ticket) {
        lock.lock();
        try {
            queue.add(ticket);
            boolean first = !led;
            led = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void lead(Ticket own) {
        // A channel is closed under an interrupted thread; the interrupt is given back below.
        boolean interrupted = Thread.interrupted();
        List<Ticket> batch = nextBatch();
        RaftLogException failure = health.refusal();
        if (failure == null) {
            try {
                write(own, batch);
            } catch (Throwable e) { // whatever it was, it is not known what reached the disk
                failure = health.poison(e);
            }
        }
        handOver();
        for (Ticket ticket : batch) {
            ticket.serve(failure);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Ticket own, List<Ticket> batch) throws IOException {
        Ticket.Exclusive action = own.action();
        if (action != null) {
            action.run(tail);
            return;
        }
        List<RecordBuffer> buffers = new ArrayList<>(batch.size());
        for (Ticket ticket : batch) {
            buffers.add(ticket.records());
        }
        tail.commit(buffers);
    }

    /** The leader's own ticket, which is the queue's first, and as many behind it as one batch takes. */
    private List<Ticket> nextBatch() {
        lock.lock();
        try {
            List<Ticket> batch = new ArrayList<>(queue.size());
            long bytes = 0;
            while (!queue.isEmpty()) {
                Ticket next = queue.element();
                boolean alone = next.action() != null
                        || (batch.size() == 1 && batch.getFirst().action() != null);
                bytes += next.records().bytes();
                if (!batch.isEmpty() && (alone || bytes > batchBytesMax)) {
                    break;
                }
                batch.add(queue.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void handOver() {
        lock.lock();
        try {
            Ticket next = queue.peek();
            if (next == null) {
                led = false;
            } else {
                next.lead();
            }
        } finally {
            lock.unlock();
        }
    }
}
