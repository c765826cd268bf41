package io.quorate.kv.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Confirm rounds of one term and the callers who wait for them: in open rounds, for the next
 * round, or (readers) for this member to serve. A round is never abandoned while somebody waits;
 * only the newest one's callers may move on to a newer one, so that the oldest always ends when
 * answers arrive. Every method is called under the verifier's lock.
 */
final class TermRounds {
    private final LeaderVerifier owner;
    private final long term;
    private final VerifierLimits limits;
    private final WaiterList next;
    private final WaiterList untilServing;
    private final ArrayDeque<Round> open = new ArrayDeque<>();
    private Electorate electorate;

    TermRounds(LeaderVerifier owner, Leadership leadership, String self, VerifierLimits limits) {
        this.owner = owner;
        this.term = leadership.term();
        this.limits = limits;
        this.electorate = new Electorate(leadership, self);
        this.next = new WaiterList(owner);
        this.untilServing = new WaiterList(owner);
    }

    /**
     * A question to the voters.
     *
     * @param readIndex the commit index when it was opened
     */
    record Round(long term, long number, long readIndex, long openedNanos, WaiterList waiters) {}

    long term() {
        return term;
    }

    /** A caller waits for a round that is opened after it came. */
    void join(VerifyWaiter waiter, boolean serving) {
        (waiter.reads && !serving ? untilServing : next).add(waiter);
    }

    /** This member serves now: readers want a round as well. */
    void serve() {
        next.takeAll(untilServing);
    }

    /** The voters may have changed: then everybody waits for a round of the new ones. */
    void govern(Leadership leadership, String self) {
        if (!electorate.isOf(leadership)) {
            electorate = new Electorate(leadership, self);
            WaiterList moved = new WaiterList(owner);
            open.forEach(round -> moved.takeAll(round.waiters()));
            open.clear();
            moved.takeAll(next);
            next.takeAll(moved);
        }
    }

    /** Whether somebody waits for the next round and it may be opened now. */
    boolean wantsRound(long nanoTime) {
        prune();
        if (next.isEmpty()) {
            return false;
        }
        Round newest = open.peekLast();
        return newest == null || open.size() < limits.openRounds()
                || nanoTime - newest.openedNanos() >= limits.spacing().toNanos();
    }

    /** Opens a round for all who wait for one. */
    Round open(long number, long readIndex, long nanoTime) {
        Round round = new Round(term, number, readIndex, nanoTime, new WaiterList(owner));
        Round newest = open.peekLast();
        if (newest != null && open.size() >= limits.openRounds()) {
            open.removeLast();
            round.waiters().takeAll(newest.waiters());
        }
        round.waiters().takeAll(next);
        open.addLast(round);
        electorate.opened(number);
        return round;
    }

    void answered(String voter, long round) {
        electorate.answered(voter, round);
    }

    /** Takes out the oldest open round if a quorum has confirmed it or a later one. */
    @Nullable
    Round pollConfirmed() {
        Round oldest = open.peekFirst();
        if (oldest == null || oldest.number() > electorate.confirmedByQuorum()) {
            return null;
        }
        return open.removeFirst();
    }

    /** The round whose answers count for all who wait, or null if nobody waits in a round. */
    @Nullable
    Round newest() {
        prune();
        return open.peekLast();
    }

    int openRounds() {
        prune();
        return open.size();
    }

    /** All lists, for the end of the term. */
    List<WaiterList> takeAll() {
        List<WaiterList> all = new ArrayList<>(open.size() + 2);
        open.forEach(round -> all.add(round.waiters()));
        open.clear();
        all.add(next);
        all.add(untilServing);
        return all;
    }

    private void prune() {
        open.removeIf(round -> round.waiters().isEmpty());
    }
}
