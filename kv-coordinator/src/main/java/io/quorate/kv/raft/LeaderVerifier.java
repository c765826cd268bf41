package io.quorate.kv.raft;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Confirms with a quorum, now, that this member leads its group: ReadIndex without waiting for
 * apply (Ongaro's thesis, 6.4), by {@code Confirm} rounds that callers share.
 *
 * <p>A caller waits for a round that was opened after it came; all who come while no further one may
 * be opened share the next. An answer to a round counts for all earlier ones of its term. An open
 * round is asked again until it is confirmed or nobody waits. Callers are refused at once by local
 * knowledge: not leader, leadership being handed over, stopped. Every wait ends at its own deadline,
 * and leaves nothing behind. A group of one voter confirms itself, on the caller's thread.
 *
 * <p>Nothing here blocks; safe for any thread; needs neither the Raft thread nor the disk.
 */
public final class LeaderVerifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderVerifier.class);
    /** Callers answered between two looks at the lock, so that others get it. */
    private static final int ANSWERED_AT_ONCE = 64;

    private final RaftGroup group;
    private final ConfirmChannel channel;
    private final DeadlineTimer timer;
    private final VerifierLimits limits;
    private final VerifierListener listener;
    private final Resend resend = new Resend();

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable TermRounds rounds;
    private long lastRound;
    private int waiters;
    private boolean resendScheduled;
    private volatile boolean closed;

    /** A verifier of the group; one for each group, for it lives as long. */
    public LeaderVerifier(RaftGroup group, DeadlineTimer timer, VerifierLimits limits,
            VerifierListener listener) {
        this.group = group;
        this.channel = group.confirms();
        this.timer = timer;
        this.limits = limits;
        this.listener = listener;
        channel.onConfirmed(this::confirmed);
        group.onLeadershipChange(changed -> leadershipChanged());
    }

    /** Told how a wait ended, once, on any thread; must not block. */
    public interface Callback {
        /** Nobody. */
        Callback NOBODY = new Callback() {
            @Override
            public void confirmed(long readIndex) {}

            @Override
            public void failed(KvFailure failure) {}
        };

        /**
         * This member led the group after the call.
         *
         * @param readIndex the commit index at a moment after the call; covers every write that was
         *        acknowledged before it only if it was asked for by {@link #readIndex}
         */
        void confirmed(long readIndex);

        /** It did not, or could not know it in time. */
        void failed(KvFailure failure);
    }

    /** {@link #verify} as a publisher; cancelling it removes the waiter. */
    public Mono<Void> verifyLeader(Deadline deadline) {
        return Mono.defer(() -> confirmsAlone(group.leadership(), false)
                ? Mono.empty()
                : Mono.create(sink -> sink.onCancel(verify(deadline, emptyTo(sink))::cancel)));
    }

    /** Confirms leadership. */
    public Wait verify(Deadline deadline, Callback callback) {
        return begin(deadline, new VerifyWaiter(this, callback, false));
    }

    /**
     * Confirms leadership by a round that is opened after this member has applied its term's first
     * entry; so the read index covers every write acknowledged before the call.
     */
    public Wait readIndex(Deadline deadline, Callback callback) {
        return begin(deadline, new VerifyWaiter(this, callback, true));
    }

    /** Whether this member, by its own voice alone, is a quorum, and may answer now. */
    boolean confirmsAlone(Leadership leadership, boolean reads) {
        return leadership.quorum() == 1 && leadership.voters().contains(group.self())
                && leadership.isLeader() && !leadership.transferring() && !closed
                && (leadership.serving() || !reads);
    }

    /** Callers that wait. */
    public int waiters() {
        return locked(() -> waiters);
    }

    /** Rounds that are open. */
    public int openRounds() {
        return locked(() -> rounds == null ? 0 : rounds.openRounds());
    }

    /** Fails everybody who waits, and all who come later, as on a node that does not lead. */
    @Override
    public void close() {
        perform(effects -> {
            closed = true;
            effects.failAll(Refusals.closed());
        });
    }

    void expire(VerifyWaiter waiter) {
        if (leave(waiter)) {
            listener.timedOut();
            tell(waiter, c -> c.failed(new KvFailure.DeadlineExceeded()));
        }
    }

    Wait.Left cancel(VerifyWaiter waiter) {
        boolean left = leave(waiter);
        timer.cancel(waiter);
        if (left) {
            listener.cancelled();
        }
        return left ? Wait.Left.REMOVED : Wait.Left.ENDED;
    }

    private Wait begin(Deadline deadline, VerifyWaiter waiter) {
        if (confirmsAlone(group.leadership(), waiter.reads)) {
            waiter.callback.confirmed(group.commitIndex());
            return Wait.ENDED;
        }
        Optional<KvFailure> refusal = decide(
                effects -> Optional.ofNullable(join(waiter, deadline, effects)));
        if (refusal.isEmpty()) {
            return waiter;
        }
        listener.failed(1, refusal.get());
        waiter.callback.failed(refusal.get());
        return Wait.ENDED;
    }

    private void confirmed(String voter, long term, long round) {
        perform(effects -> {
            TermRounds current = rounds;
            if (current == null || current.term() != term) {
                return;
            }
            current.answered(voter, round);
            for (var r = current.pollConfirmed(); r != null; r = current.pollConfirmed()) {
                effects.confirmed.add(r);
            }
            openIfWanted(effects);
        });
    }

    private void leadershipChanged() {
        perform(this::follow);
    }

    private boolean leave(VerifyWaiter waiter) {
        return decide(effects -> {
            boolean left = WaiterList.remove(waiter);
            if (left) {
                waiters--;
                openIfWanted(effects);
            }
            return left;
        });
    }

    // ---- decided under the lock

    private @Nullable KvFailure join(VerifyWaiter waiter, Deadline deadline, Effects effects) {
        Leadership leadership = group.leadership();
        KvFailure refusal = closed ? Refusals.closed() : Refusals.of(leadership);
        if (refusal != null) {
            return refusal;
        }
        if (deadline.nanoTime() - timer.nanoTime() <= 0) {
            return new KvFailure.DeadlineExceeded();
        }
        if (waiters >= limits.waiters()) {
            return new KvFailure.Overloaded("leadership waiters");
        }
        if (!timer.schedule(waiter, deadline.nanoTime())) {
            return new KvFailure.Overloaded("deadline timer");
        }
        waiters++;
        roundsOf(leadership, effects).join(waiter, leadership.serving());
        openIfWanted(effects);
        return null;
    }

    private TermRounds roundsOf(Leadership leadership, Effects effects) {
        TermRounds current = rounds;
        if (current == null || current.term() != leadership.term()) {
            effects.failAll(Refusals.ended(leadership));
            current = new TermRounds(this, leadership, group.self(), limits);
            rounds = current;
        }
        current.govern(leadership, group.self());
        if (leadership.serving()) {
            current.serve();
        }
        return current;
    }

    private void follow(Effects effects) {
        Leadership leadership = group.leadership();
        if (Refusals.of(leadership) != null) {
            effects.failAll(Refusals.ended(leadership));
        } else if (rounds != null) {
            roundsOf(leadership, effects);
            openIfWanted(effects);
        }
    }

    private void openIfWanted(Effects effects) {
        long now = timer.nanoTime();
        TermRounds current = rounds;
        if (current == null || !current.wantsRound(now)) {
            return;
        }
        effects.send = current.open(++lastRound, group.commitIndex(), now);
        listener.roundOpened();
        scheduleResend(now);
    }

    private void askAgain(Effects effects) {
        resendScheduled = false;
        follow(effects);
        TermRounds current = rounds;
        TermRounds.Round newest = current == null ? null : current.newest();
        if (newest == null) {
            return;
        }
        if (effects.send == null) {
            effects.send = newest;
            listener.roundResent();
        }
        scheduleResend(timer.nanoTime());
    }

    private void scheduleResend(long now) {
        resendScheduled = resendScheduled
                || timer.schedule(resend, now + limits.resend().toNanos());
    }

    // ---- done without it

    private void perform(Consumer<Effects> decision) {
        decide(effects -> {
            decision.accept(effects);
            return true;
        });
    }

    private <T> T decide(Decision<T> decision) {
        Effects effects = new Effects();
        T decided;
        lock.lock();
        try {
            decided = decision.from(effects);
        } finally {
            lock.unlock();
        }
        effects.run();
        return decided;
    }

    private int answerAll(WaiterList list, Consumer<Callback> answer) {
        int answered = 0;
        List<VerifyWaiter> some = takeSome(list);
        while (!some.isEmpty()) {
            for (VerifyWaiter waiter : some) {
                timer.cancel(waiter);
                tell(waiter, answer);
            }
            answered += some.size();
            some = takeSome(list);
        }
        return answered;
    }

    private List<VerifyWaiter> takeSome(WaiterList list) {
        return locked(() -> {
            List<VerifyWaiter> some = new ArrayList<>();
            for (int i = 0; i < ANSWERED_AT_ONCE; i++) {
                VerifyWaiter waiter = list.poll();
                if (waiter == null) {
                    break;
                }
                some.add(waiter);
            }
            waiters -= some.size();
            return some;
        });
    }

    private void tell(VerifyWaiter waiter, Consumer<Callback> answer) {
        try {
            answer.accept(waiter.callback);
        } catch (RuntimeException e) {
            LOG.error("callback of a verification failed group={}", group.groupId(), e);
        }
    }

    private <T> T locked(Supplier<T> section) {
        lock.lock();
        try {
            return section.get();
        } finally {
            lock.unlock();
        }
    }

    private static Callback emptyTo(MonoSink<Void> sink) {
        return new Callback() {
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

    @FunctionalInterface
    private interface Decision<T> {
        T from(Effects effects);
    }

    /** What was decided under the lock, to be done without it. */
    private final class Effects {
        private final List<TermRounds.Round> confirmed = new ArrayList<>(2);
        private List<WaiterList> failed = List.of();
        private KvFailure failure = new KvFailure.NoLeader();
        private TermRounds.@Nullable Round send;

        void failAll(KvFailure why) {
            TermRounds ended = rounds;
            if (ended != null) {
                failed = ended.takeAll();
                failure = why;
                rounds = null;
            }
        }

        void run() {
            if (send != null) {
                channel.broadcast(send.term(), send.number());
            }
            for (TermRounds.Round round : confirmed) {
                listener.roundConfirmed(timer.nanoTime() - round.openedNanos());
                answerAll(round.waiters(), c -> c.confirmed(round.readIndex()));
            }
            for (WaiterList list : failed) {
                int answered = answerAll(list, c -> c.failed(failure));
                if (answered > 0) {
                    listener.failed(answered, failure);
                }
            }
        }
    }

    /** Asks again while somebody waits. */
    private final class Resend extends Expiry {
        @Override
        protected void expired() {
            perform(LeaderVerifier.this::askAgain);
        }
    }
}
