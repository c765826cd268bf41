package io.quorate.kv.vitals;

import io.quorate.kv.clock.Ticker;
import io.quorate.kv.raft.RaftFailure;
import io.quorate.kv.raft.RaftGroup;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leader whose disk has no room refuses every write of its group. It hands leadership to a voter that says it has
 * room; if none has, it stays, for another would refuse as well.
 *
 * <p>Leadership does not go back and forth: it goes only to who takes writes, a node that has stopped to take them needs
 * a good deal more room to begin again, and a node hands over once in {@link #PAUSE} at most. For one thread, but for
 * what the group answers.
 */
public final class SpaceHandOver {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceHandOver.class);
    /** Between two attempts of one node. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** Ticks without anybody to hand over to after which it is said: the others are asked every tick. */
    private static final int TELLING_TICKS = 3;

    private final RaftGroup group;
    private final BooleanSupplier full;
    private final Supplier<List<Successor>> successors;
    private final Predicate<String> takesWrites;
    private final Ticker ticker;
    private Optional<Long> lastAttempt = Optional.empty();
    private Optional<String> lastTarget = Optional.empty();
    private int fruitless;

    /**
     * Makes the part of one group's member.
     *
     * @param full whether this node refuses writes for want of space
     * @param successors the voters that answer, if this member leads
     * @param takesWrites whether a node said lately that it takes writes
     */
    public SpaceHandOver(RaftGroup group, BooleanSupplier full,
            Supplier<List<Successor>> successors, Predicate<String> takesWrites, Ticker ticker) {
        this.group = group;
        this.full = full;
        this.successors = successors;
        this.takesWrites = takesWrites;
        this.ticker = ticker;
    }

    /** Looks, and begins to hand over if it is time. Returns at once. */
    public void tick() {
        boolean isStuck = full.getAsBoolean() && group.leadership().serving()
                && !group.leadership().transferring();
        if (!isStuck) {
            fruitless = 0;
            return;
        }
        if (lastAttempt.filter(at -> ticker.nanos() - at < PAUSE.toNanos()).isPresent()) {
            return;
        }
        Optional<String> target = target();
        if (target.isPresent()) {
            handOver(target.get());
        } else if (++fruitless == TELLING_TICKS) {
            LOG.warn("disk full and no other voter has room, writes are refused group={}",
                    group.groupId());
        }
    }

    /** The furthest that has room; the one tried last comes last. */
    private Optional<String> target() {
        return successors.get().stream()
                .filter(voter -> takesWrites.test(voter.nodeId()))
                .max(Comparator.<Successor, Boolean>comparing(
                        voter -> !lastTarget.equals(Optional.of(voter.nodeId())))
                        .thenComparingLong(Successor::matchIndex))
                .map(Successor::nodeId);
    }

    private void handOver(String target) {
        lastAttempt = Optional.of(ticker.nanos());
        lastTarget = Optional.of(target);
        LOG.warn("disk full, handing leadership over group={} to={}", group.groupId(), target);
        group.transferLeadership(target, new RaftGroup.ProposalCallback() {
            @Override
            public void committed(long index, Object applied) {
                LOG.info("leadership handed over for want of space group={} to={}",
                        group.groupId(), target);
            }

            @Override
            public void failed(RaftFailure failure) {
                LOG.warn("leadership not handed over for want of space group={} to={} failure={}",
                        group.groupId(), target, failure);
            }
        });
    }
}
