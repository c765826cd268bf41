package io.quorate.kv.raft;

import io.quorate.kv.KvFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Proposer} knows: the queue, what is in flight, and whether somebody is proposing.
 * Every method is called under the proposer's lock.
 */
final class ProposalWindow<R> {
    private final ProposerLimits limits;
    private final ProposalQueue<R> queue;
    private final List<ProposalBatch<R>> inFlight = new ArrayList<>();
    private long inFlightBytes;
    private boolean draining;
    private boolean closed;

    ProposalWindow(ProposerLimits limits) {
        this.limits = limits;
        this.queue = new ProposalQueue<>(limits.queued());
    }

    /**
     * What to do next, decided in one critical section.
     *
     * @param refused commands that cannot be proposed any more
     * @param batch what to propose, or null
     */
    record Step<R>(List<PendingProposal<R>> refused, @Nullable ProposalBatch<R> batch) {
        boolean isLast() {
            return refused.isEmpty() && batch == null;
        }
    }

    /** Why a command cannot be queued, or null. */
    @Nullable
    KvFailure refusal(Leadership now, int commandBytes) {
        if (closed) {
            return Refusals.closed();
        }
        KvFailure refusal = Refusals.of(now);
        if (refusal != null) {
            return refusal;
        }
        if (commandBytes > limits.commandBytes()) {
            return new KvFailure.Refused(
                    "a command may have " + limits.commandBytes() + " bytes at most");
        }
        return queue.hasRoomFor(commandBytes) ? null : new KvFailure.Overloaded("proposal queue");
    }

    void enqueue(PendingProposal<R> pending) {
        queue.add(pending);
    }

    /** Whether the caller shall propose: there is something to do, and nobody does it. */
    boolean startDraining() {
        return !queue.isEmpty() && inFlight.size() < limits.inFlight().count() && claimDraining();
    }

    /** Whether the caller shall look at the queue anew: nobody does. */
    boolean claimDraining() {
        boolean claimed = !draining;
        draining = true;
        return claimed;
    }

    /** The next step of whoever drains; after the last one it drains no more. */
    Step<R> nextStep(Leadership now, long nanoTime) {
        Step<R> step = new Step<>(takeUnproposable(now), nextBatch(now, nanoTime));
        draining = !step.isLast();
        return step;
    }

    void stopDraining() {
        draining = false;
    }

    private List<PendingProposal<R>> takeUnproposable(Leadership now) {
        boolean none = closed || Refusals.of(now) != null;
        return queue.takeWhile(p -> none || p.term != now.term(), PendingProposal.Stage.ENDED);
    }

    private @Nullable ProposalBatch<R> nextBatch(Leadership now, long nanoTime) {
        if (queue.isEmpty() || !now.serving() || inFlight.size() >= limits.inFlight().count()) {
            return null;
        }
        Filling filling = new Filling(limits.batch(), limits.inFlight().bytes() - inFlightBytes);
        List<PendingProposal<R>> taken = queue.takeWhile(p -> filling.accepts(p.bytes),
                PendingProposal.Stage.PROPOSED);
        if (taken.isEmpty()) {
            return null;
        }
        ProposalBatch<R> batch = new ProposalBatch<>(now.term(), taken, filling.bytes,
                nanoTime);
        inFlight.add(batch);
        inFlightBytes += batch.bytes();
        return batch;
    }

    /** Ends a batch: its place is free, and those who still wait for it are returned. */
    List<PendingProposal<R>> end(ProposalBatch<R> batch) {
        if (inFlight.remove(batch)) {
            inFlightBytes -= batch.bytes();
        }
        return endAll(batch.proposals());
    }

    /** Ends one wait. Returns the stage it was in. */
    PendingProposal.Stage end(PendingProposal<R> proposal) {
        PendingProposal.Stage stage = proposal.stage;
        if (stage == PendingProposal.Stage.QUEUED) {
            queue.remove(proposal);
        }
        proposal.stage = PendingProposal.Stage.ENDED;
        return stage;
    }

    /** Ends all waits for good. */
    Closing<R> close() {
        closed = true;
        List<PendingProposal<R>> proposed = new ArrayList<>();
        inFlight.forEach(batch -> proposed.addAll(endAll(batch.proposals())));
        return new Closing<>(queue.takeWhile(any -> true, PendingProposal.Stage.ENDED), proposed);
    }

    /** Who waited at the end. */
    record Closing<R>(List<PendingProposal<R>> queued, List<PendingProposal<R>> proposed) {}

    int queuedCommands() {
        return queue.count();
    }

    long queuedBytes() {
        return queue.bytes();
    }

    int inFlightEntries() {
        return inFlight.size();
    }

    private List<PendingProposal<R>> endAll(List<PendingProposal<R>> proposals) {
        List<PendingProposal<R>> waiting = new ArrayList<>(proposals.size());
        for (PendingProposal<R> proposal : proposals) {
            if (proposal.stage != PendingProposal.Stage.ENDED) {
                proposal.stage = PendingProposal.Stage.ENDED;
                waiting.add(proposal);
            }
        }
        return waiting;
    }

    /** Counts what fits into one batch; the first command may be larger than it. */
    private static final class Filling {
        private final ProposerLimits.Size limit;
        private final long room;
        private int count;
        private int bytes;

        Filling(ProposerLimits.Size limit, long room) {
            this.limit = limit;
            this.room = room;
        }

        boolean accepts(int commandBytes) {
            int filled = bytes + commandBytes;
            boolean full = count > 0 && (count == limit.count() || filled > limit.bytes());
            if (full || filled > room) {
                return false;
            }
            count++;
            bytes = filled;
            return true;
        }
    }
}
