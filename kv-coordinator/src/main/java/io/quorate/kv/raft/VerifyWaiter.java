package io.quorate.kv.raft;

import org.jspecify.annotations.Nullable;

/** One caller of {@link LeaderVerifier}. Its links are guarded by the verifier's lock. */
final class VerifyWaiter extends Expiry implements Wait {
    private final LeaderVerifier owner;
    final LeaderVerifier.Callback callback;
    /** Whether it wants a read index and so must wait until this member serves. */
    final boolean reads;
    @Nullable
    VerifyWaiter previous;
    @Nullable
    VerifyWaiter next;

    VerifyWaiter(LeaderVerifier owner, LeaderVerifier.Callback callback, boolean reads) {
        this.owner = owner;
        this.callback = callback;
        this.reads = reads;
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
