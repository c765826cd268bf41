package io.quorate.kv.raft;

import java.util.Arrays;
import java.util.List;

/** Who must confirm, and which round each voter has confirmed at most. Not safe for threads. */
final class Electorate {
    private final List<String> voters;
    private final int quorum;
    /** Highest round confirmed by each voter; this member confirms every round it opens. */
    private final long[] confirmed;
    private final long[] sorted;
    private final int self;

    Electorate(Leadership leadership, String self) {
        this.voters = leadership.voters();
        this.quorum = leadership.quorum();
        this.confirmed = new long[voters.size()];
        this.sorted = new long[voters.size()];
        this.self = voters.indexOf(self);
    }

    boolean isOf(Leadership leadership) {
        return voters.equals(leadership.voters());
    }

    /** This member has opened a round, and confirms it by that. */
    void opened(long round) {
        if (self >= 0) {
            confirmed[self] = round;
        }
    }

    /** A voter has answered. Late, repeated and unknown answers change nothing. */
    void answered(String voter, long round) {
        int index = voters.indexOf(voter);
        if (index >= 0) {
            confirmed[index] = Math.max(confirmed[index], round);
        }
    }

    /** The highest round that a quorum has confirmed, itself or by a later one. */
    long confirmedByQuorum() {
        if (quorum > sorted.length) {
            return 0;
        }
        System.arraycopy(confirmed, 0, sorted, 0, sorted.length);
        Arrays.sort(sorted);
        return sorted[sorted.length - quorum];
    }
}
