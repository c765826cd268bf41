package io.quorate.kv.node;

import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.mvcc.SafePointPolicy;
import io.quorate.kv.raft.Proposer;
import io.quorate.kv.raft.Wait;
import io.quorate.kv.txn.GroupReplica;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the leader of one group move the safe point of garbage collection forward, through the log, so
 * that every member refuses the same reads. Runs on one thread; a tick that fails is skipped.
 */
final class SafePointLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SafePointLoop.class);
    /** What a tick may wait for its command; it does not hold the thread meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final GroupReplica replica;
    private final SafePointPolicy policy;

    SafePointLoop(GroupReplica replica, SafePointPolicy policy) {
        this.replica = replica;
        this.policy = policy;
    }

    @Override
    public void run() {
        try {
            if (replica.group().leadership().serving() && replica.gate().refusal().isEmpty()) {
                Optional<Command.AdvanceSafePoint> due = policy.due(replica.time().nowMillis(),
                        replica.store().applied());
                due.ifPresent(this::propose);
            }
        } catch (RuntimeException e) {
            LOG.warn("safe point tick skipped group={}", replica.group().groupId(), e);
        }
    }

    private void propose(Command.AdvanceSafePoint advance) {
        int group = replica.group().groupId();
        // Never stacks: until it is applied the same advance is due, and a later one replaces it.
        Wait unused = replica.proposer().submit(EntryCodec.encode(advance),
                Deadline.after(PATIENCE), new Proposer.Callback<>() {
                    @Override
                    public void applied(Outcome outcome) {
                        LOG.debug("safe point moved group={} timestamp={}", group,
                                advance.timestamp());
                    }

                    @Override
                    public void failed(KvFailure failure) {
                        LOG.info("safe point not moved group={} failure={}", group, failure);
                    }
                });
    }
}
