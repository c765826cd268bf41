package io.quorate.kv.raft;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Lets many callers share one proposal. While up to {@code inFlight} entries are on their way, the
 * next batch gathers; a caller who finds room proposes at once, on its own thread and without a
 * timer. Whoever finds nobody proposing does it for all who wait: a submitting caller, or the Raft
 * thread with an answer in hand; so entries are stamped and proposed in one order, without a thread
 * of its own.
 *
 * <p>A command is proposed only in the term in which it was submitted, and only while this member
 * serves. A caller's deadline or cancel ends its wait alone: as {@code DeadlineExceeded} if its
 * command was not proposed (it never will be), as {@code OutcomeUnknown} if it was. The stall bound
 * does the same to everybody, with {@code Overloaded} for what was not proposed. When leadership
 * changes, what is queued fails as {@code NotLeader}; what is in flight ends by the group's answer.
 * Nothing here blocks; safe for any thread.
 *
 * @param <R> the result of one command
 */
public final class Proposer<R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proposer.class);

    private final RaftGroup group;
    private final ProposalFormat<R> format;
    private final DeadlineTimer timer;
    private final ProposerListener listener;
    private final long stallNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final ProposalWindow<R> window;

    /** A proposer of the group; one for each group, for it lives as long. */
    public Proposer(RaftGroup group, ProposalFormat<R> format, DeadlineTimer timer,
            ProposerLimits limits, ProposerListener listener) {
        this.group = group;
        this.format = format;
        this.timer = timer;
        this.listener = listener;
        this.stallNanos = limits.stall().toNanos();
        this.window = new ProposalWindow<>(limits);
        group.onLeadershipChange(changed -> drainIf(window::claimDraining));
    }

    /** Told what became of one command, on any thread; must not block. */
    public interface Callback<R> {
        /** Its entry was committed and applied, with this result for the command. */
        void applied(R result);

        /** It was not; only OutcomeUnknown leaves open whether it is or will be. */
        void failed(KvFailure failure);

        /**
         * Follows an unknown outcome, or a cancel in flight, once the group has answered for the
         * command's entry, be it that it does not know either. From now on this member's applied state
         * shows the outcome as long as it leads in that term.
         */
        default void settled() {}
    }

    /** {@link #submit} as a publisher; cancelling it removes the waiter, never the batch. */
    public Mono<R> propose(byte[] command, Deadline deadline) {
        return Mono.create(sink -> sink.onCancel(submit(command, deadline, new Callback<R>() {
            @Override
            public void applied(R result) {
                sink.success(result);
            }

            @Override
            public void failed(KvFailure failure) {
                sink.error(failure.asException());
            }
        })::cancel));
    }

    /**
     * Proposes a command, now or with the next batch.
     *
     * @param command the encoded command; ownership passes
     * @param deadline when the caller stops waiting
     * @param callback told exactly once, unless the wait is cancelled before
     */
    public Wait submit(byte[] command, Deadline deadline, Callback<R> callback) {
        long now = timer.nanoTime();
        long stalled = now + stallNanos;
        boolean stallBound = stalled - deadline.nanoTime() < 0;
        long moment = stallBound ? stalled : deadline.nanoTime();
        if (moment - now <= 0) {
            return refuse(callback, new KvFailure.DeadlineExceeded());
        }
        PendingProposal<R> pending = new PendingProposal<>(this, command, callback, stallBound);
        KvFailure refusal;
        boolean drain;
        lock.lock();
        try {
            refusal = enqueue(pending, moment);
            drain = refusal == null && window.startDraining();
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            return refuse(callback, refusal);
        }
        if (drain) {
            drain();
        }
        return pending;
    }

    /** Commands that wait to be proposed. */
    public int queuedCommands() {
        return locked(window::queuedCommands);
    }

    /** Bytes that wait to be proposed. */
    public long queuedBytes() {
        return locked(window::queuedBytes);
    }

    /** Entries proposed and not yet answered. */
    public int inFlightEntries() {
        return locked(window::inFlightEntries);
    }

    /** Fails everybody who waits, and all who come later, as on a node that does not lead. */
    @Override
    public void close() {
        ProposalWindow.Closing<R> closing = locked(window::close);
        failAll(closing.queued(), Refusals.closed());
        failAll(closing.proposed(), new KvFailure.OutcomeUnknown());
    }

    void expire(PendingProposal<R> proposal) {
        switch (locked(() -> window.end(proposal))) {
            case QUEUED -> {
                listener.timedOut(false);
                tell(proposal, c -> c.failed(proposal.stallBound
                        ? new KvFailure.Overloaded("proposal stall")
                        : new KvFailure.DeadlineExceeded()));
            }
            case PROPOSED -> {
                listener.timedOut(true);
                tell(proposal, c -> c.failed(new KvFailure.OutcomeUnknown()));
            }
            case ENDED -> {
            }
        }
    }

    Wait.Left cancel(PendingProposal<R> proposal) {
        PendingProposal.Stage stage = locked(() -> window.end(proposal));
        timer.cancel(proposal);
        return switch (stage) {
            case QUEUED -> {
                listener.cancelled(false);
                yield Wait.Left.REMOVED;
            }
            case PROPOSED -> {
                listener.cancelled(true);
                yield Wait.Left.ABANDONED;
            }
            case ENDED -> Wait.Left.ENDED;
        };
    }

    private @Nullable KvFailure enqueue(PendingProposal<R> pending, long momentNanos) {
        Leadership leadership = group.leadership();
        KvFailure refusal = window.refusal(leadership, pending.bytes);
        if (refusal == null && !timer.schedule(pending, momentNanos)) {
            refusal = new KvFailure.Overloaded("deadline timer");
        }
        if (refusal == null) {
            pending.term = leadership.term();
            window.enqueue(pending);
        }
        return refusal;
    }

    private Wait refuse(Callback<R> callback, KvFailure refusal) {
        listener.refused(refusal);
        callback.failed(refusal);
        return Wait.ENDED;
    }

    private void drainIf(Supplier<Boolean> claim) {
        if (locked(claim)) {
            drain();
        }
    }

    private void drain() {
        boolean finished = false;
        try {
            ProposalWindow.Step<R> step = nextStep();
            while (!step.isLast()) {
                if (!step.refused().isEmpty()) {
                    failAll(step.refused(), Refusals.ended(group.leadership()));
                }
                if (step.batch() != null) {
                    propose(step.batch());
                }
                step = nextStep();
            }
            finished = true;
        } finally {
            if (!finished) {
                locked(() -> {
                    window.stopDraining();
                    return true;
                });
            }
        }
    }

    private ProposalWindow.Step<R> nextStep() {
        return locked(() -> window.nextStep(group.leadership(), timer.nanoTime()));
    }

    private void propose(ProposalBatch<R> batch) {
        byte[] entry;
        try {
            entry = format.encode(batch.takeCommands());
        } catch (RuntimeException e) {
            LOG.error("entry could not be made group={}", group.groupId(), e);
            ended(batch, new KvFailure.Refused("the command could not be encoded"));
            return;
        }
        listener.proposed(batch.proposals().size(), batch.bytes());
        try {
            group.propose(batch.term(), entry, new Answer(batch));
        } catch (RuntimeException e) {
            LOG.error("proposal threw group={} term={}", group.groupId(), batch.term(), e);
            ended(batch, new KvFailure.OutcomeUnknown());
        }
    }

    private void committed(ProposalBatch<R> batch, Object applied) {
        int commands = batch.proposals().size();
        List<R> results;
        try {
            results = format.results(applied, commands);
        } catch (RuntimeException e) {
            LOG.error("results do not fit their entry group={}", group.groupId(), e);
            ended(batch, new KvFailure.OutcomeUnknown());
            return;
        }
        List<PendingProposal<R>> waiting = locked(() -> window.end(batch));
        drainIf(window::startDraining);
        listener.committed(commands, timer.nanoTime() - batch.proposedNanos());
        for (PendingProposal<R> proposal : waiting) {
            timer.cancel(proposal);
            tell(proposal, c -> c.applied(results.get(proposal.position)));
        }
        settle(batch, waiting);
    }

    private void ended(ProposalBatch<R> batch, KvFailure failure) {
        List<PendingProposal<R>> waiting = locked(() -> window.end(batch));
        drainIf(window::startDraining);
        listener.failed(batch.proposals().size(), failure);
        failAll(waiting, failure);
        // The group has nothing more to say of an outcome that is lost: those who waited hear that too.
        settle(batch, failure instanceof KvFailure.OutcomeUnknown ? List.of() : waiting);
    }

    /** Tells those whose wait had ended before; the others wait in the batch's order. */
    private void settle(ProposalBatch<R> batch, List<PendingProposal<R>> waiting) {
        if (waiting.size() == batch.proposals().size()) {
            return;
        }
        int next = 0;
        for (PendingProposal<R> proposal : batch.proposals()) {
            if (next < waiting.size() && waiting.get(next) == proposal) {
                next++;
            } else {
                tell(proposal, Callback::settled);
            }
        }
    }

    private void failAll(List<PendingProposal<R>> proposals, KvFailure failure) {
        for (PendingProposal<R> proposal : proposals) {
            timer.cancel(proposal);
            tell(proposal, c -> c.failed(failure));
        }
    }

    private void tell(PendingProposal<R> proposal, Consumer<Callback<R>> news) {
        try {
            news.accept(proposal.callback);
        } catch (RuntimeException e) {
            LOG.error("callback of a proposal failed group={}", group.groupId(), e);
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

    /** Hears what became of an entry. */
    private final class Answer implements RaftGroup.ProposalCallback {
        private final ProposalBatch<R> batch;

        Answer(ProposalBatch<R> batch) {
            this.batch = batch;
        }

        @Override
        public void committed(long index, Object applied) {
            Proposer.this.committed(batch, applied);
        }

        @Override
        public void failed(RaftFailure failure) {
            ended(batch, Refusals.of(failure));
        }
    }
}
