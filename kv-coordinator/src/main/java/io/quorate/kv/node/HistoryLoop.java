package io.quorate.kv.node;

import io.quorate.kv.Deadline;
import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.KvFailure;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.mvcc.GcCursor;
import io.quorate.kv.mvcc.MvccEngine;
import io.quorate.kv.raft.Proposer;
import io.quorate.kv.raft.Wait;
import io.quorate.kv.txn.GroupReplica;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets superseded versions of one group. The leader moves the safe point forward through the log, so
 * that every member refuses the same reads; every member collects by itself what lies below it, in
 * bounded batches within a time budget, and goes on next time where it stopped.
 *
 * <p>Runs on one thread; a run that fails is skipped and the next one tries again.
 */
final class HistoryLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryLoop.class);
    /** The safe point moves in steps of this part of the retention, so that it costs few entries. */
    private static final int STEPS = 10;

    private final GroupReplica replica;
    private final NodeSettings.History settings;
    private final int groupId;
    private GcCursor cursor = GcCursor.START;
    private long collectedBelow;

    HistoryLoop(GroupReplica replica, NodeSettings.History settings) {
        this.replica = replica;
        this.settings = settings;
        this.groupId = replica.group().groupId();
    }

    @Override
    public void run() {
        try {
            advanceSafePoint();
            collect();
        } catch (RuntimeException e) {
            LOG.warn("collection of old versions skipped group={}", groupId, e);
        }
    }

    private void advanceSafePoint() {
        long retention = settings.retention().toMillis();
        long target = replica.time().nowMillis() - retention;
        long present = HybridTimestamp.millis(replica.store().applied().safePoint());
        if (!replica.group().leadership().serving() || target - present < retention / STEPS
                || replica.gate().refusal().isPresent()) {
            return;
        }
        byte[] command = EntryCodec
                .encode(new Command.AdvanceSafePoint(HybridTimestamp.of(target, 0)));
        Wait unused = replica.proposer().submit(command, Deadline.after(settings.interval()),
                new Proposer.Callback<>() {
                    @Override
                    public void applied(Outcome outcome) {
                        LOG.debug("safe point advanced group={} millis={}", groupId, target);
                    }

                    @Override
                    public void failed(KvFailure failure) {
                        LOG.info("safe point not advanced group={} failure={}", groupId, failure);
                    }
                });
    }

    private void collect() {
        MvccEngine store = replica.store();
        long safePoint = store.applied().safePoint();
        if (cursor.equals(GcCursor.START) && safePoint == collectedBelow) {
            return;
        }
        if (cursor.equals(GcCursor.START)) {
            collectedBelow = safePoint;
        }
        Deadline budget = Deadline.after(settings.budget());
        boolean complete = false;
        while (!complete && !budget.hasPassed()) {
            MvccEngine.Collected batch = store.collect(cursor, settings.batchRows());
            cursor = batch.next();
            complete = batch.complete();
        }
    }
}
