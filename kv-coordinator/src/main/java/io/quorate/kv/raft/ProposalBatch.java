package io.quorate.kv.raft;

import java.util.ArrayList;
import java.util.List;

/** The commands of one entry, in order. Immutable but for the stages of its proposals. */
final class ProposalBatch<R> {
    private final long term;
    private final List<PendingProposal<R>> proposals;
    private final int bytes;
    private final long proposedNanos;

    ProposalBatch(long term, List<PendingProposal<R>> proposals, int bytes, long proposedNanos) {
        this.term = term;
        this.proposals = proposals;
        this.bytes = bytes;
        this.proposedNanos = proposedNanos;
        for (int i = 0; i < proposals.size(); i++) {
            proposals.get(i).position = i;
        }
    }

    /** Takes the encoded commands out; once. */
    List<byte[]> takeCommands() {
        List<byte[]> commands = new ArrayList<>(proposals.size());
        proposals.forEach(proposal -> commands.add(proposal.takeCommand()));
        return commands;
    }

    long term() {
        return term;
    }

    List<PendingProposal<R>> proposals() {
        return proposals;
    }

    int bytes() {
        return bytes;
    }

    long proposedNanos() {
        return proposedNanos;
    }
}
