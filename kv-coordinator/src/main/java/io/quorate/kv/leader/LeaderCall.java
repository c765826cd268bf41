package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.command.CommandId;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.raft.LeaderVerifier;
import io.quorate.kv.raft.Leadership;
import io.quorate.kv.raft.Wait;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.txn.LatchHold;
import io.quorate.kv.txn.Latches;
import io.quorate.kv.txn.OneShardCommit;
import io.quorate.kv.txn.OptimisticReads;
import io.quorate.kv.txn.ReadPool;
import io.quorate.kv.txn.Stages;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import reactor.core.publisher.MonoSink;

/**
 * One call of a handler on its way: barrier if this member does not serve yet, latches, the handler,
 * then either its proposal or the confirmation of what it read.
 *
 * <p>Each stage ends once, by its result, its deadline or a cancel, and begins the next; so although
 * several threads take part, one at a time moves the call forward.
 */
final class LeaderCall implements Latches.Turn, OneShardCommit.Listener {
    /** Most runs of a handler whose reads had changed at commit. */
    static final int MAX_RUNS = 32;

    private final GroupReplica replica;
    private final Request request;
    private final Deadline deadline;
    private final Workers workers;
    private final MonoSink<Answer> sink;
    private final Stages stages = new Stages();
    private volatile Value answer = Value.empty();
    private int runs;

    /**
     * What is called.
     *
     * @param key decides the group
     * @param handler what runs
     * @param value its request
     * @param id under which the request is known if it comes again
     * @param latches the keys to hold
     */
    record Request(Key key, LeaderHandler handler, Value value, Optional<CommandId> id,
            List<Key> latches) {}

    /**
     * What came of a call.
     *
     * @param value what the handler answered
     * @param committed whether its change is in the log; a decision without change may be followed by
     *        the change of an earlier attempt that is still on its way
     */
    record Answer(Value value, boolean committed) {}

    /**
     * Who runs a handler that cannot run on the caller's thread.
     *
     * @param pool one that needs the disk
     * @param turns one that had to wait, or runs again
     */
    record Workers(ReadPool pool, Executor turns) {}

    LeaderCall(GroupReplica replica, Request request, Deadline deadline, Workers workers,
            MonoSink<Answer> sink) {
        this.replica = replica;
        this.request = request;
        this.deadline = deadline;
        this.workers = workers;
        this.sink = sink;
    }

    void begin() {
        if (deadline.hasPassed()) {
            failed(new KvFailure.DeadlineExceeded());
            return;
        }
        Optional<KvFailure> refusal = replica.refusal();
        if (refusal.isPresent()) {
            failed(refusal.get());
            return;
        }
        sink.onCancel(stages::cancel);
        if (replica.group().leadership().serving()) {
            latch();
        } else {
            awaitServing();
        }
    }

    private void awaitServing() {
        int stage = stages.enter();
        stages.waits(stage, replica.readIndex().await(deadline, new LeaderVerifier.Callback() {
            @Override
            public void confirmed(long readIndex) {
                workers.turns().execute(LeaderCall.this::latch);
            }

            @Override
            public void failed(KvFailure failure) {
                LeaderCall.this.failed(failure);
            }
        }));
    }

    private void latch() {
        int stage = stages.enter();
        stages.waits(stage, replica.latches().acquire(request.latches(), deadline, this));
    }

    @Override
    public void granted(LatchHold hold) {
        run(hold);
    }

    @Override
    public void refused(KvFailure failure) {
        failed(failure);
    }

    private void run(LatchHold hold) {
        if (stages.isCancelled()) {
            hold.release();
            return;
        }
        Leadership leadership = replica.group().leadership();
        Attempt attempt = Attempt.run(request, OptimisticReads.cached(replica));
        if (attempt instanceof Attempt.Missed) {
            runOnPool(hold);
        } else {
            decided(new Run(attempt, leadership), hold);
        }
    }

    private void runOnPool(LatchHold hold) {
        int stage = stages.enter();
        Wait wait = workers.pool().read(deadline, this::runBlocking, new ReadPool.Callback<Run>() {
            @Override
            public void done(Run run) {
                decided(run, hold);
            }

            @Override
            public void failed(Throwable failure) {
                hold.release();
                sink.error(failure);
            }

            @Override
            public void dropped(Run run) {
                // Nobody proposes what was decided; who decided it may have kept something for it.
                if (run.attempt() instanceof Attempt.Change change) {
                    change.ending().discarded();
                }
            }
        });
        stages.waits(stage, () -> {
            Wait.Left left = wait.cancel();
            if (left != Wait.Left.ENDED) {
                hold.release();
            }
            return left;
        });
    }

    private Run runBlocking() {
        Leadership leadership = replica.group().leadership();
        return new Run(Attempt.run(request, OptimisticReads.blocking(replica)), leadership);
    }

    private void decided(Run run, LatchHold hold) {
        try {
            act(run, hold);
        } catch (RuntimeException failure) {
            hold.release();
            sink.error(failure);
        }
    }

    private void act(Run run, LatchHold hold) {
        switch (run.attempt()) {
            case Attempt.Change change -> {
                answer = change.answer();
                propose(change, hold);
            }
            case Attempt.Answer(Value decided) ->
                confirm(run, hold, () -> sink.success(new Answer(decided, false)));
            case Attempt.Repeated(RetryRecord record) -> {
                // What was applied is committed, whoever leads now.
                hold.release();
                repeat(record);
            }
            case Attempt.Refusal(KvException refusal) ->
                confirm(run, hold, () -> sink.error(refusal));
            case Attempt.Torn torn -> runAgain(hold);
            case Attempt.Broken(Throwable bug) -> {
                hold.release();
                sink.error(bug);
            }
            case Attempt.Missed missed -> {
                hold.release();
                sink.error(new IllegalStateException("a read that may block found no answer"));
            }
        }
    }

    private void propose(Attempt.Change change, LatchHold hold) {
        int stage = stages.enter();
        stages.waits(stage,
                OneShardCommit.propose(replica,
                        new OneShardCommit.Intent(change.transaction(), request.id(), answer,
                                change.ending()),
                        hold, deadline, this));
    }

    /**
     * Says what was decided without a change, if this member served its term when it read, and still
     * leads in that term after the call came.
     */
    private void confirm(Run run, LatchHold hold, Runnable say) {
        hold.release();
        int stage = stages.enter();
        stages.waits(stage, replica.verifier().verify(deadline, new LeaderVerifier.Callback() {
            @Override
            public void confirmed(long readIndex) {
                if (run.leadership().serving()
                        && run.leadership().term() == replica.group().leadership().term()) {
                    say.run();
                } else {
                    LeaderCall.this.failed(new KvFailure.NoLeader());
                }
            }

            @Override
            public void failed(KvFailure failure) {
                LeaderCall.this.failed(failure);
            }
        }));
    }

    private void runAgain(LatchHold hold) {
        runs++;
        if (runs >= MAX_RUNS || deadline.hasPassed()) {
            hold.release();
            failed(runs >= MAX_RUNS
                    ? new KvFailure.WriteConflict()
                    : new KvFailure.DeadlineExceeded());
            return;
        }
        workers.turns().execute(() -> run(hold));
    }

    @Override
    public void committed(long commitTs) {
        sink.success(new Answer(request.handler().committed(answer, commitTs), true));
    }

    @Override
    public void repeated(Value earlier, long commitTs) {
        sink.success(new Answer(request.handler().committed(earlier, commitTs), true));
    }

    private void repeat(RetryRecord record) {
        if (record.answer().isPresent()) {
            repeated(record.answer().get(), record.commitTs());
        } else {
            failed(new KvFailure.OutcomeUnknown());
        }
    }

    @Override
    public void conditionFailed(int index, LatchHold hold) {
        runAgain(hold);
    }

    @Override
    public void failed(KvFailure failure) {
        sink.error(failure.asException());
    }

    /**
     * One run of the handler.
     *
     * @param attempt what it came to
     * @param leadership this member's, before it read
     */
    private record Run(Attempt attempt, Leadership leadership) {}
}
