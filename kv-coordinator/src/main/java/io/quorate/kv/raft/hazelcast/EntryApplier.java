package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.state.RaftState;
import io.quorate.kv.raft.StateMachine;
import io.quorate.kv.raft.hazelcast.wire.LogOperation;
import java.util.function.Consumer;

/**
 * Applies committed entries in index order, each exactly once: those the state machine already held when it was opened
 * are skipped. Whatever is thrown poisons, and so does an exception given back as a result.
 */
final class EntryApplier {
    private static final Object SKIPPED = new Object();

    private final StateMachine machine;
    private final PendingProposals pending;
    private final Consumer<Throwable> poison;
    private long durableAtOpen;
    private long lastTold;
    private long termStarted;

    EntryApplier(StateMachine machine, PendingProposals pending, Consumer<Throwable> poison) {
        this.machine = machine;
        this.pending = pending;
        this.poison = poison;
    }

    /** Continues after this index, the log's base. */
    void startAfter(long index) {
        durableAtOpen = machine.durableIndex();
        lastTold = index;
        if (durableAtOpen < index) {
            throw new IllegalStateException("the log starts after index " + index
                    + " but the state machine holds only entries up to " + durableAtOpen);
        }
    }

    /** The latest term whose first entry has been applied here. */
    long termStarted() {
        return termStarted;
    }

    /** Applies one operation; called by the engine. */
    Object apply(RaftState state, Object operation, long index) {
        try {
            noteMembershipChanges(state, index - 1);
            Object result = run(state, (LogOperation) operation, index);
            lastTold = index;
            pending.applied(index, operation, result);
            return result;
        } catch (RuntimeException | Error failure) {
            poison.accept(failure);
            throw failure;
        }
    }

    /** Tells the state machine of indices the engine applied by itself: membership changes. */
    void noteMembershipChanges(RaftState state, long upTo) {
        while (lastTold < upTo) {
            long index = lastTold + 1;
            if (index > durableAtOpen) {
                machine.applyEmpty(index, termOf(state, index));
            }
            lastTold = index;
        }
    }

    private Object run(RaftState state, LogOperation operation, long index) {
        long term = termOf(state, index);
        if (operation instanceof LogOperation.TermStart) {
            termStarted = term;
        }
        if (index <= durableAtOpen) {
            return SKIPPED;
        }
        return switch (operation) {
            case LogOperation.Command command ->
                requireValue(machine.apply(index, term, command.entry()), index);
            case LogOperation.TermStart start -> {
                machine.applyEmpty(index, term);
                yield start;
            }
        };
    }

    private static Object requireValue(Object result, long index) {
        if (result == null || result instanceof Throwable) {
            throw new IllegalStateException(
                    "the state machine gave back " + result + " for index " + index
                            + "; a refusal must be a value");
        }
        return result;
    }

    private static long termOf(RaftState state, long index) {
        return state.log().getLogEntry(index).term();
    }
}
