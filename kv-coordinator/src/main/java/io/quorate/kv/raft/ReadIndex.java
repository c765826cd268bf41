package io.quorate.kv.raft;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The barrier before a linearizable read: one shared Confirm round, then this member's state machine
 * has applied the commit index of the round's opening; all under one deadline. On a group of one
 * voter whose state is up to date it passes at once, without a wait. Nothing here blocks; safe for
 * any thread.
 */
public final class ReadIndex implements AutoCloseable {
    private final RaftGroup group;
    private final LeaderVerifier verifier;
    private final DeadlineTimer timer;
    private final int maxWaiters;
    private final Set<ApplyWait> applying = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A barrier of the group; one for each group, for it lives as long.
     *
     * @param maxWaiters callers that wait for apply at most; beyond: Overloaded
     */
    public ReadIndex(RaftGroup group, LeaderVerifier verifier, DeadlineTimer timer,
            int maxWaiters) {
        this.group = group;
        this.verifier = verifier;
        this.timer = timer;
        this.maxWaiters = maxWaiters;
        group.onLeadershipChange(this::leadershipChanged);
    }

    /** Whether a linearizable read may be served at once; costs no allocation. */
    public boolean passesNow() {
        return verifier.confirmsAlone(group.leadership(), true)
                && group.appliedIndex() >= group.commitIndex();
    }

    /** Completes once a read of this member's applied state is linearizable. Leader only. */
    public Mono<Void> barrier(Deadline deadline) {
        return Mono.defer(() -> passesNow()
                ? Mono.empty()
                : Mono.create(sink -> sink.onCancel(await(deadline, emptyTo(sink))::cancel)));
    }

    /** The index a member must have applied to read what is committed now. Leader only. */
    public Mono<Long> readIndex(Deadline deadline) {
        return Mono.create(sink -> sink
                .onCancel(verifier.readIndex(deadline, new LeaderVerifier.Callback() {
                    @Override
                    public void confirmed(long readIndex) {
                        sink.success(readIndex);
                    }

                    @Override
                    public void failed(KvFailure failure) {
                        sink.error(failure.asException());
                    }
                })::cancel));
    }

    /** Completes once this member, leader or not, has applied the index. */
    public Mono<Void> applied(long index, Deadline deadline) {
        return Mono.defer(() -> group.appliedIndex() >= index
                ? Mono.empty()
                : Mono.create(sink -> sink
                        .onCancel(awaitApplied(index, deadline, emptyTo(sink))::cancel)));
    }

    /** {@link #barrier} with a callback. */
    public Wait await(Deadline deadline, LeaderVerifier.Callback callback) {
        Barrier barrier = new Barrier(deadline, callback);
        barrier.confirming(verifier.readIndex(deadline, barrier));
        return barrier;
    }

    /** Callers that wait for apply. */
    public int waiters() {
        return applying.size();
    }

    /** Fails everybody who waits for apply, and all who come later. */
    @Override
    public void close() {
        closed = true;
        applying.forEach(wait -> wait.fail(Refusals.closed()));
    }

    private void leadershipChanged(Leadership now) {
        if (now.role() == Leadership.Role.POISONED) {
            applying.forEach(wait -> wait.fail(Refusals.ended(now)));
        }
    }

    private Wait awaitApplied(long index, Deadline deadline, LeaderVerifier.Callback callback) {
        if (group.appliedIndex() >= index) {
            callback.confirmed(index);
            return Wait.ENDED;
        }
        if (applying.size() >= maxWaiters) {
            callback.failed(new KvFailure.Overloaded("apply waiters"));
            return Wait.ENDED;
        }
        ApplyWait wait = new ApplyWait(index, callback);
        wait.begin(deadline);
        return wait;
    }

    private static LeaderVerifier.Callback emptyTo(MonoSink<Void> sink) {
        return new LeaderVerifier.Callback() {
            @Override
            public void confirmed(long readIndex) {
                sink.success();
            }

            @Override
            public void failed(KvFailure failure) {
                sink.error(failure.asException());
            }
        };
    }

    /** One caller's way through both stages. */
    private final class Barrier implements LeaderVerifier.Callback, Wait {
        private final Deadline deadline;
        private final LeaderVerifier.Callback callback;
        private @Nullable Wait stage;
        private boolean cancelled;

        Barrier(Deadline deadline, LeaderVerifier.Callback callback) {
            this.deadline = deadline;
            this.callback = callback;
        }

        /** The first stage was begun; it may have ended already. */
        synchronized void confirming(Wait wait) {
            if (stage == null) {
                stage = wait;
            }
        }

        @Override
        public void confirmed(long readIndex) {
            Wait wait = awaitApplied(readIndex, deadline, callback);
            boolean left;
            synchronized (this) {
                stage = wait;
                left = cancelled;
            }
            if (left) {
                wait.cancel();
            }
        }

        @Override
        public void failed(KvFailure failure) {
            callback.failed(failure);
        }

        @Override
        public Left cancel() {
            Wait current;
            synchronized (this) {
                cancelled = true;
                current = stage;
            }
            return current == null ? Left.ENDED : current.cancel();
        }
    }

    /** One caller that waits for apply. */
    private final class ApplyWait extends Expiry implements Wait {
        private final long index;
        private final LeaderVerifier.Callback callback;
        private RaftGroup.@Nullable Registration registration;
        private boolean ended;

        ApplyWait(long index, LeaderVerifier.Callback callback) {
            this.index = index;
            this.callback = callback;
        }

        void begin(Deadline deadline) {
            applying.add(this);
            if (!timer.schedule(this, deadline.nanoTime())) {
                fail(new KvFailure.Overloaded("deadline timer"));
                return;
            }
            RaftGroup.Registration registered = group.whenApplied(index, this::reached);
            boolean late;
            synchronized (this) {
                registration = registered;
                late = ended;
            }
            if (late) {
                registered.remove();
            }
            if (closed) {
                fail(Refusals.closed());
            }
        }

        void fail(KvFailure failure) {
            if (end()) {
                callback.failed(failure);
            }
        }

        @Override
        protected void expired() {
            fail(new KvFailure.DeadlineExceeded());
        }

        @Override
        public Left cancel() {
            return end() ? Left.REMOVED : Left.ENDED;
        }

        private void reached() {
            if (end()) {
                callback.confirmed(index);
            }
        }

        private boolean end() {
            RaftGroup.Registration registered;
            synchronized (this) {
                if (ended) {
                    return false;
                }
                ended = true;
                registered = registration;
            }
            applying.remove(this);
            timer.cancel(this);
            if (registered != null) {
                registered.remove();
            }
            return true;
        }
    }
}
