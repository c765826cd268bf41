package io.quorate.kv;

import java.util.Optional;

/**
 * Everything that can become of a request other than its result, in the caller's terms: retry, give
 * up, or unknown. Only {@link OutcomeUnknown} leaves open whether a change happened; every other
 * failure means that nothing was changed.
 */
public sealed interface KvFailure {
    /**
     * Another node leads the group.
     *
     * @param leader the node id, if known
     */
    record NotLeader(Optional<String> leader) implements KvFailure {}

    /** No leader, group or route is known. */
    record NoLeader() implements KvFailure {}

    /** Leadership is being handed over. */
    record LeadershipTransferInProgress() implements KvFailure {}

    /**
     * A bound was reached; nothing was queued.
     *
     * @param bound the bound, by name
     */
    record Overloaded(String bound) implements KvFailure {}

    /** The deadline passed before anything was proposed. */
    record DeadlineExceeded() implements KvFailure {}

    /** The change may or may not have happened, or may happen yet. */
    record OutcomeUnknown() implements KvFailure {}

    /**
     * A condition of the transaction did not hold.
     *
     * @param index its position in {@link Transaction#conditions()}
     */
    record ConditionFailed(int index) implements KvFailure {}

    /** What a handler read had changed at commit, again and again within its deadline. */
    record WriteConflict() implements KvFailure {}

    /**
     * The request can never be served as it is.
     *
     * @param reason one clear sentence
     */
    record Refused(String reason) implements KvFailure {}

    /** The moment asked for lies before the safe point of garbage collection. */
    record ReadTooOld() implements KvFailure {}

    /** The disk is full, or nearly. */
    record DiskFull() implements KvFailure {}

    /**
     * The group or the node stopped after an I/O error or a broken invariant.
     *
     * @param reason one clear sentence without secrets
     */
    record Poisoned(String reason) implements KvFailure {}

    /** Wraps the failure for a publisher or a future. */
    default KvException asException() {
        return new KvException(this);
    }
}
