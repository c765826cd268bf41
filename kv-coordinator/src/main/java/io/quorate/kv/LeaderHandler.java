package io.quorate.kv;

import java.util.List;

/**
 * A request's work at the leader: a pure function of what it reads and the request.
 *
 * <p>May be run more than once for one call (after a cache miss, a conflict or a leader change), so
 * it keeps no state and has no effects of its own. A thrown {@link KvException} fails the call and
 * changes nothing; any other exception is a bug and fails the call as such.
 */
public interface LeaderHandler {
    /**
     * The keys to hold while the handler runs and its transaction commits. Others that name one of
     * them wait in order of arrival. At most {@value #MAX_LATCHES}.
     */
    List<Key> latches(Value request);

    /** Reads and decides. Every row read through the view is validated at commit. */
    Decision handle(LeaderView view, Value request);

    /**
     * What the caller gets once the decision's transaction is committed; the same for a repeated call,
     * with the first one's answer and stamp. Runs on the Raft thread: a pure and short function.
     *
     * @param answer what was decided
     * @param commitTs the transaction's commit timestamp, as {@link HybridTimestamp} bits
     */
    default Value committed(Value answer, long commitTs) {
        return answer;
    }

    /**
     * Whether it never decides a change. Such a call may be made again whatever became of an earlier
     * attempt, and leaves no trace in the log.
     */
    default boolean isReadOnly() {
        return false;
    }

    /** Most latches of one call. */
    int MAX_LATCHES = 128;

    /**
     * What the handler decided.
     *
     * @param transaction what to change; {@link Transaction#nothing()} for a read or a refusal
     * @param answer what the caller gets
     */
    record Decision(Transaction transaction, Value answer) {
        /** An answer that changes nothing. */
        public static Decision answer(Value answer) {
            return new Decision(Transaction.nothing(), answer);
        }
    }
}
