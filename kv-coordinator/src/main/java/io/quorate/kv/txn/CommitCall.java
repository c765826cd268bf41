package io.quorate.kv.txn;

import io.quorate.kv.Committed;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation;
import io.quorate.kv.Value;
import io.quorate.kv.command.CommitEvaluator;
import io.quorate.kv.mvcc.MvccStore.NotCachedException;
import io.quorate.kv.raft.LeaderVerifier;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.MonoSink;

/**
 * One transaction on its way: latches of the keys it writes, a look at its conditions, its proposal.
 *
 * <p>Keys it only reads are not latched: readers of one row (a fence, say) do not wait for each other,
 * and who loses against a writer learns it from the exact version at commit.
 */
final class CommitCall implements Latches.Turn, OneShardCommit.Listener {
    private final GroupReplica replica;
    private final OneShardCommit.Intent intent;
    private final Deadline deadline;
    private final MonoSink<Committed> sink;
    private final Stages stages = new Stages();

    CommitCall(GroupReplica replica, OneShardCommit.Intent intent, Deadline deadline,
            MonoSink<Committed> sink) {
        this.replica = replica;
        this.intent = intent;
        this.deadline = deadline;
        this.sink = sink;
    }

    void begin() {
        if (deadline.hasPassed()) {
            failed(new KvFailure.DeadlineExceeded());
            return;
        }
        Optional<KvFailure> refusal = replica.gate().refusal().or(replica::refusal);
        if (refusal.isPresent()) {
            failed(refusal.get());
            return;
        }
        sink.onCancel(stages::cancel);
        int stage = stages.enter();
        stages.waits(stage, replica.latches().acquire(writtenKeys(), deadline, this));
    }

    @Override
    public void granted(LatchHold hold) {
        if (stages.isCancelled()) {
            hold.release();
            return;
        }
        Leadership leadership = replica.group().leadership();
        int failing = leadership.serving() && !mayBeApplied()
                ? new ConditionCheck(replica.store())
                        .firstFailing(intent.transaction().conditions())
                : ConditionCheck.NONE;
        if (failing == ConditionCheck.NONE) {
            propose(hold);
        } else {
            confirmFailing(hold, leadership.term(), failing);
        }
    }

    private void propose(LatchHold hold) {
        int stage = stages.enter();
        stages.waits(stage, OneShardCommit.propose(replica, intent, hold, deadline, this));
    }

    /** Its own change would be in its way: the state machine finds its record. */
    private boolean mayBeApplied() {
        if (intent.id().isEmpty()) {
            return false;
        }
        int route = CommitEvaluator.retryRoute(intent.transaction());
        try {
            return replica.store().retryRecordCached(route, intent.id().get().id()).isPresent();
        } catch (NotCachedException unknown) {
            return true;
        }
    }

    /**
     * What this member has applied speaks for the group only if it still led, in the same term, after
     * the call came.
     */
    private void confirmFailing(LatchHold hold, long term, int failing) {
        hold.release();
        int stage = stages.enter();
        stages.waits(stage, replica.verifier().verify(deadline, new LeaderVerifier.Callback() {
            @Override
            public void confirmed(long readIndex) {
                boolean sameTerm = replica.group().leadership().term() == term;
                failed(sameTerm
                        ? new KvFailure.ConditionFailed(failing)
                        : new KvFailure.NotLeader(Optional.empty()));
            }

            @Override
            public void failed(KvFailure failure) {
                CommitCall.this.failed(failure);
            }
        }));
    }

    @Override
    public void refused(KvFailure failure) {
        failed(failure);
    }

    @Override
    public void committed(long commitTs) {
        sink.success(new Committed(commitTs));
    }

    @Override
    public void repeated(Value answer, long commitTs) {
        sink.success(new Committed(commitTs));
    }

    @Override
    public void conditionFailed(int index, LatchHold hold) {
        hold.release();
        failed(new KvFailure.ConditionFailed(index));
    }

    @Override
    public void failed(KvFailure failure) {
        sink.error(failure.asException());
    }

    private List<Key> writtenKeys() {
        List<Mutation> mutations = intent.transaction().mutations();
        List<Key> keys = new ArrayList<>(mutations.size());
        for (Mutation mutation : mutations) {
            switch (mutation) {
                case Mutation.Put put -> keys.add(put.key());
                case Mutation.Delete delete -> keys.add(delete.key());
                case Mutation.Add add -> {
                    // Those who count do not contend.
                }
                case Mutation.DeleteRange range -> {
                    // Whoever writes into the range is ordered by the log and its own conditions.
                }
            }
        }
        return keys;
    }
}
