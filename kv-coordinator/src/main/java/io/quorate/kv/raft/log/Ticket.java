package io.quorate.kv.raft.log;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread's place in the queue for the log's end; used again and again by the same owner. */
final class Ticket {

    /** What a ticket does alone at the log's end, with nobody else writing. */
    @FunctionalInterface
    interface Exclusive {
        void run(LogTail tail) throws IOException;
    }

    private enum Turn {
        WAIT, LEAD, DONE
    }

    private final RecordBuffer records;
    private @Nullable Exclusive action;
    private @Nullable Thread owner;
    private @Nullable RaftLogException failure;
    private volatile Turn turn = Turn.DONE;

    Ticket(RecordBuffer records) {
        this.records = records;
    }

    RecordBuffer records() {
        return records;
    }

    @Nullable
    Exclusive action() {
        return action;
    }

    void arm(@Nullable Exclusive what) {
        if (turn != Turn.DONE) {
            throw new IllegalStateException("two threads in one group's log: " + owner);
        }
        action = what;
        owner = Thread.currentThread();
        failure = null;
        turn = Turn.WAIT;
    }

    /** Parks until the ticket was served (false) or its owner is to lead the next batch (true). */
    boolean awaitTurn() {
        boolean interrupted = false;
        while (turn == Turn.WAIT) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return turn == Turn.LEAD;
    }

    void lead() {
        Thread waiting = owner;
        turn = Turn.LEAD;
        LockSupport.unpark(waiting);
    }

    void serve(@Nullable RaftLogException outcome) {
        Thread waiting = owner;
        failure = outcome;
        turn = Turn.DONE;
        if (waiting != Thread.currentThread()) {
            LockSupport.unpark(waiting);
        }
    }

    /** @throws RaftLogException if the batch failed */
    void result() {
        RaftLogException outcome = failure;
        if (outcome != null) {
            throw new RaftLogException(outcome.failure(), outcome);
        }
    }
}
