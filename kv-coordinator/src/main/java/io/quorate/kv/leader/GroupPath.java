package io.quorate.kv.leader;

import io.quorate.kv.raft.Leadership;
import io.quorate.kv.txn.GroupReplica;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of the way to one group's leader: who it is, whether it answers, and what the
 * group's time is. Safe for any thread.
 */
final class GroupPath {
    private final GroupReplica replica;
    private final LongSupplier ticker;
    private final AtomicReference<@Nullable Guarded> guarded = new AtomicReference<>();
    private volatile @Nullable LearnedTime learned;

    GroupPath(GroupReplica replica, LongSupplier ticker) {
        this.replica = replica;
        this.ticker = ticker;
    }

    GroupReplica replica() {
        return replica;
    }

    int groupId() {
        return replica.group().groupId();
    }

    /** Whether requests end here: this node leads, or its group has stopped and says so. */
    boolean endsHere() {
        return switch (replica.group().leadership().role()) {
            case LEADER, POISONED -> true;
            case FOLLOWER, CANDIDATE -> false;
        };
    }

    /**
     * Who leads, as far as is known here.
     *
     * @param refusedBy who has just said not to lead
     * @param hint whom that one named
     */
    Optional<Target> leader(@Nullable String refusedBy, @Nullable String hint) {
        Leadership now = replica.group().leadership();
        String self = replica.group().self();
        Optional<String> known = now.leader().filter(leader -> !leader.equals(self));
        boolean stale = known.isEmpty() || known.get().equals(refusedBy);
        if (stale && hint != null && !hint.equals(self)) {
            known = Optional.of(hint);
        }
        return known.map(node -> new Target(node, now.term()));
    }

    /** The breaker before a leader of a term; another leader, address or term begins anew. */
    CircuitBreaker breaker(Target target, String address) {
        while (true) {
            Guarded present = guarded.get();
            if (present != null && present.target.equals(target)
                    && present.address.equals(address)) {
                return present.breaker;
            }
            Guarded fresh = new Guarded(target, address, new CircuitBreaker(ticker));
            if (guarded.compareAndSet(present, fresh)) {
                return fresh.breaker;
            }
        }
    }

    /** Whether the leader does not answer. */
    boolean isBroken() {
        Guarded present = guarded.get();
        return present != null && present.breaker.isOpen();
    }

    /**
     * The group's time in milliseconds. After a restart a replica of a quiet group lies behind until
     * something is applied; then what a leader told is nearer.
     */
    long logMillis() {
        long own = replica.time().nowMillis();
        LearnedTime told = learned;
        return told == null ? own : Math.max(own, told.at(ticker.getAsLong()));
    }

    /** A leader told the group's time. */
    void learnMillis(long logMillis) {
        learned = new LearnedTime(logMillis, ticker.getAsLong());
    }

    /**
     * Who is asked.
     *
     * @param node the node id
     * @param term in which this node believes it to lead
     */
    record Target(String node, long term) {}

    private record Guarded(Target target, String address, CircuitBreaker breaker) {}

    private record LearnedTime(long millis, long nanos) {
        long at(long now) {
            return millis + (now - nanos) / 1_000_000;
        }
    }
}
