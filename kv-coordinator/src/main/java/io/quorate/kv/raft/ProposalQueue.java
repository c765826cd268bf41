package io.quorate.kv.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Commands that wait to be proposed, in order; removal takes constant time. Not safe for threads. */
final class ProposalQueue<R> {
    private final ProposerLimits.Size limit;
    private @Nullable PendingProposal<R> first;
    private @Nullable PendingProposal<R> last;
    private int count;
    private long bytes;

    ProposalQueue(ProposerLimits.Size limit) {
        this.limit = limit;
    }

    boolean hasRoomFor(int commandBytes) {
        return count < limit.count() && bytes + commandBytes <= limit.bytes();
    }

    void add(PendingProposal<R> proposal) {
        PendingProposal<R> tail = last;
        proposal.previous = tail;
        if (tail == null) {
            first = proposal;
        } else {
            tail.next = proposal;
        }
        last = proposal;
        count++;
        bytes += proposal.bytes;
    }

    void remove(PendingProposal<R> proposal) {
        PendingProposal<R> previous = proposal.previous;
        PendingProposal<R> next = proposal.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        proposal.previous = null;
        proposal.next = null;
        count--;
        bytes -= proposal.bytes;
    }

    @Nullable
    PendingProposal<R> peek() {
        return first;
    }

    /** Takes from the head while the condition holds, marking each with its new stage. */
    List<PendingProposal<R>> takeWhile(Predicate<PendingProposal<R>> condition,
            PendingProposal.Stage stage) {
        List<PendingProposal<R>> taken = new ArrayList<>(Math.min(count, 16));
        PendingProposal<R> head = first;
        while (head != null && condition.test(head)) {
            remove(head);
            head.stage = stage;
            taken.add(head);
            head = first;
        }
        return taken;
    }

    boolean isEmpty() {
        return first == null;
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }
}
