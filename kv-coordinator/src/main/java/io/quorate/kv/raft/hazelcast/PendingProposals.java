package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.RaftFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proposals that stand in the log and wait to be applied, in index order. What was applied is answered in one batch
 * after the task, when the applied index has been published.
 */
final class PendingProposals {
    private record Appended(long index, Proposal proposal) {}

    private record Done(Appended appended, @Nullable Object applied) {}

    private final ArrayDeque<Appended> appended = new ArrayDeque<>();
    private List<Done> done = new ArrayList<>();

    void appended(long index, Proposal proposal) {
        appended.add(new Appended(index, proposal));
    }

    /** Notes that the operation at the index was applied, be it the pending one or another leader's. */
    @SuppressWarnings("ReferenceEquality") // equal bytes of another proposal are not this one
    void applied(long index, Object operation, Object result) {
        Appended head = appended.peek();
        while (head != null && head.index() <= index) {
            appended.remove();
            boolean same = head.index() == index && head.proposal().command() == operation;
            done.add(new Done(head, same ? result : null));
            head = appended.peek();
        }
    }

    boolean hasAnswers() {
        return !done.isEmpty();
    }

    /** Answers what was applied since the last call. */
    void answer() {
        List<Done> answers = done;
        done = new ArrayList<>();
        for (Done each : answers) {
            if (each.applied() == null) {
                each.appended().proposal().failed(new RaftFailure.OutcomeUnknown());
            } else {
                each.appended().proposal().committed(each.appended().index(), each.applied());
            }
        }
    }

    /** Ends everything that waits: it stands in the log and may be committed by another leader. */
    void endUnknown() {
        while (!appended.isEmpty()) {
            appended.remove().proposal().failed(new RaftFailure.OutcomeUnknown());
        }
    }
}
