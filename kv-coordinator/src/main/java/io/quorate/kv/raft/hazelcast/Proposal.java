package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup.ProposalCallback;
import io.quorate.kv.raft.hazelcast.wire.LogOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proposal on its way; it answers its caller exactly once and then leaves the admission window. */
final class Proposal {
    private static final Logger log = LoggerFactory.getLogger(Proposal.class);

    private final long term;
    private final LogOperation.Command command;
    private final ProposalCallback callback;
    private final Admission admission;

    Proposal(long term, byte[] entry, ProposalCallback callback, Admission admission) {
        this.term = term;
        this.command = new LogOperation.Command(entry);
        this.callback = callback;
        this.admission = admission;
    }

    long term() {
        return term;
    }

    LogOperation.Command command() {
        return command;
    }

    void committed(long index, Object applied) {
        admission.release(command.entry().length);
        answer(() -> callback.committed(index, applied));
    }

    void failed(RaftFailure failure) {
        admission.release(command.entry().length);
        answer(() -> callback.failed(failure));
    }

    /** A callback that throws is its owner's defect and must not stop the group. */
    private static void answer(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException defect) {
            log.error("proposal callback threw", defect);
        }
    }
}
