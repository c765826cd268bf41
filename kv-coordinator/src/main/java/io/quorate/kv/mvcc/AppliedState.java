package io.quorate.kv.mvcc;

/**
 * How far the log has been applied; written in the same batch as the rows.
 *
 * @param index the last applied index, 0 before the first
 * @param term its term
 * @param lastStamp the last applied stamp, 0 before the first
 * @param safePoint reads below it are refused, 0 before the first
 */
public record AppliedState(long index, long term, long lastStamp, long safePoint) {
    /** The state of a store that has applied nothing. */
    public static final AppliedState NOTHING = new AppliedState(0, 0, 0, 0);

    /** This state after one more entry that stamps nothing. */
    public AppliedState at(long nextIndex, long nextTerm) {
        return new AppliedState(nextIndex, nextTerm, lastStamp, safePoint);
    }

    AppliedState stamped(long stamp) {
        return new AppliedState(index, term, Math.max(lastStamp, stamp), safePoint);
    }

    AppliedState withSafePoint(long timestamp) {
        return new AppliedState(index, term, lastStamp, Math.max(safePoint, timestamp));
    }
}
