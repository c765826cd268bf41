package io.quorate.kv.raft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One caller's command from submission to its answer. All fields are guarded by the proposer's lock. */
final class PendingProposal<R> extends Expiry implements Wait {
    /** Where it stands. */
    enum Stage {
        QUEUED, PROPOSED, ENDED
    }

    private final Proposer<R> owner;
    final Proposer.Callback<R> callback;
    final int bytes;
    /** The term in which it was submitted. */
    long term;
    /** Whether the proposer's own stall bound comes before the caller's deadline. */
    final boolean stallBound;
    private byte @Nullable [] command;
    Stage stage = Stage.QUEUED;
    /** Its place in its batch, once it is proposed. */
    int position;
    @Nullable
    PendingProposal<R> previous;
    @Nullable
    PendingProposal<R> next;

    PendingProposal(Proposer<R> owner, byte[] command, Proposer.Callback<R> callback,
            boolean stallBound) {
        this.owner = owner;
        this.command = command;
        this.bytes = command.length;
        this.callback = callback;
        this.stallBound = stallBound;
    }

    /** Hands the command out, once, so that an answered caller does not hold its bytes. */
    byte[] takeCommand() {
        byte[] taken = Objects.requireNonNull(command);
        command = null;
        return taken;
    }

    @Override
    protected void expired() {
        owner.expire(this);
    }

    @Override
    public Left cancel() {
        return owner.cancel(this);
    }
}
