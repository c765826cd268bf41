package io.quorate.kv;

import java.util.List;

/**
 * A request's work at the leader: a pure function of what it reads and the request.
 *
 * <p>May be run more than once for one call (after a cache miss, a conflict or a leader change), so
 * it has no effects of its own; what it keeps in memory are hints (see {@link Ending}). A thrown {@link KvException} fails the call and
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
     * @param ending hears what became of the transaction
     */
    record Decision(Transaction transaction, Value answer, Ending ending) {
        /** A decision of a handler that keeps nothing in memory. */
        public Decision(Transaction transaction, Value answer) {
            this(transaction, answer, Ending.NONE);
        }

        /** An answer that changes nothing. */
        public static Decision answer(Value answer) {
            return new Decision(Transaction.nothing(), answer);
        }
    }

    /**
     * Hears, exactly once, what became of a decision that changes something; never hears of one that
     * changes nothing. For handlers that keep in memory, at the leader, what the group's state says: a
     * hint that saves reads, which every transaction validates. Called on any thread, the Raft thread
     * included; must not block or throw.
     */
    interface Ending {
        /** Of a handler that keeps nothing. */
        Ending NONE = new Ending() {
            @Override
            public void committed(long commitTs) {
                // Nothing is kept.
            }

            @Override
            public void discarded() {
                // Nothing is kept.
            }

            @Override
            public void unknown() {
                // Nothing is kept.
            }
        };

        /** It is applied here. */
        void committed(long commitTs);

        /** It never happens; the handler may run again and decide anew. */
        void discarded();

        /** It was applied or never will be: read again. Called once that is decided in this term. */
        void unknown();
    }
}
