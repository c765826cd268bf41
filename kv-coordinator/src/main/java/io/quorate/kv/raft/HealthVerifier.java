package io.quorate.kv.raft;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Leadership verification for health probes: all probes of a group share one waiter of its
 * {@link LeaderVerifier}, so that a flood of them cannot fill that one's bound. Who comes while a
 * shared wait is on waits for the next one, which begins when it ends; each under its own deadline.
 * Nothing here blocks; safe for any thread.
 */
public final class HealthVerifier {
    private final LeaderVerifier verifier;
    private final DeadlineTimer timer;
    private final int maxProbes;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Shared current;
    private @Nullable Shared next;
    private int probes;

    /**
     * Probes of one group.
     *
     * @param maxProbes probes that wait at most; beyond: Overloaded
     */
    public HealthVerifier(LeaderVerifier verifier, DeadlineTimer timer, int maxProbes) {
        this.verifier = verifier;
        this.timer = timer;
        this.maxProbes = maxProbes;
    }

    /** Completes empty if this member leads, confirmed by a quorum after the subscription. */
    public Mono<Void> verifyLeader(Deadline deadline) {
        return Mono.create(sink -> sink
                .onCancel(verify(deadline, new LeaderVerifier.Callback() {
                    @Override
                    public void confirmed(long readIndex) {
                        sink.success();
                    }

                    @Override
                    public void failed(KvFailure failure) {
                        sink.error(failure.asException());
                    }
                })::cancel));
    }

    /** Confirms leadership. */
    public Wait verify(Deadline deadline, LeaderVerifier.Callback callback) {
        Probe probe = new Probe(callback);
        KvFailure refusal = null;
        Shared begun = null;
        lock.lock();
        try {
            if (deadline.nanoTime() - timer.nanoTime() <= 0) {
                refusal = new KvFailure.DeadlineExceeded();
            } else if (probes >= maxProbes || !timer.schedule(probe, deadline.nanoTime())) {
                refusal = new KvFailure.Overloaded("health probes");
            } else {
                begun = join(probe, deadline);
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            callback.failed(refusal);
            return Wait.ENDED;
        }
        begin(begun);
        return probe;
    }

    /** Probes that wait. */
    public int probes() {
        lock.lock();
        try {
            return probes;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Shared join(Probe probe, Deadline deadline) {
        probes++;
        boolean first = current == null;
        Shared shared = first ? current : next;
        if (shared == null) {
            shared = new Shared(deadline);
        }
        if (first) {
            current = shared;
        } else {
            next = shared;
        }
        shared.add(probe, deadline);
        return first ? shared : null;
    }

    private static void begin(@Nullable Shared shared) {
        if (shared != null) {
            shared.begin();
        }
    }

    private void ended(Shared shared, Consumer<LeaderVerifier.Callback> answer) {
        begin(succeed(shared));
        for (Probe probe : shared.members) {
            if (leave(probe)) {
                timer.cancel(probe);
                answer.accept(probe.callback);
            }
        }
    }

    /** The next shared wait takes the place of one that is over. */
    private @Nullable Shared succeed(Shared shared) {
        lock.lock();
        try {
            if (current != shared) {
                return null;
            }
            current = next;
            next = null;
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** Ends one probe's wait; false if it had ended. */
    private boolean leave(Probe probe) {
        Shared shared = probe.shared;
        boolean last;
        lock.lock();
        try {
            if (shared == null || !shared.members.remove(probe)) {
                return false;
            }
            probes--;
            last = shared.members.isEmpty() && shared == current;
            if (shared.members.isEmpty() && shared == next) {
                next = null;
            }
        } finally {
            lock.unlock();
        }
        if (last && shared.cancel() != Wait.Left.ENDED) {
            begin(succeed(shared));
        }
        return true;
    }

    /** What the probes of one wait share. */
    private final class Shared implements LeaderVerifier.Callback {
        private final Set<Probe> members = ConcurrentHashMap.newKeySet();
        private Deadline latest;
        private @Nullable Wait wait;
        private boolean left;

        Shared(Deadline deadline) {
            this.latest = deadline;
        }

        void add(Probe probe, Deadline deadline) {
            probe.shared = this;
            members.add(probe);
            if (deadline.nanoTime() - latest.nanoTime() > 0) {
                latest = deadline;
            }
        }

        void begin() {
            Wait begun = verifier.verify(latest, this);
            boolean late;
            synchronized (this) {
                wait = begun;
                late = left;
            }
            if (late && begun.cancel() != Wait.Left.ENDED) {
                HealthVerifier.begin(succeed(this));
            }
        }

        /** Everybody has left. */
        Wait.Left cancel() {
            Wait begun;
            synchronized (this) {
                left = true;
                begun = wait;
            }
            return begun == null ? Wait.Left.ENDED : begun.cancel();
        }

        @Override
        public void confirmed(long readIndex) {
            ended(this, c -> c.confirmed(readIndex));
        }

        @Override
        public void failed(KvFailure failure) {
            ended(this, c -> c.failed(failure));
        }
    }

    /** One probe. */
    private final class Probe extends Expiry implements Wait {
        private final LeaderVerifier.Callback callback;
        private @Nullable Shared shared;

        Probe(LeaderVerifier.Callback callback) {
            this.callback = callback;
        }

        @Override
        protected void expired() {
            if (leave(this)) {
                callback.failed(new KvFailure.DeadlineExceeded());
            }
        }

        @Override
        public Left cancel() {
            boolean left = leave(this);
            timer.cancel(this);
            return left ? Left.REMOVED : Left.ENDED;
        }
    }
}
