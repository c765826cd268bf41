package io.quorate.sqs.error;

import io.quorate.kv.KvFailure;

/** What clients see of the store's failures: docs/compatibility.md, "Failures". Pure functions. */
public final class KvFailureErrors {
    private KvFailureErrors() {}

    /**
     * The error for a failure.
     *
     * @param requestId named where the outcome is unknown, so that it can be looked up
     */
    public static SqsException of(KvFailure failure, String requestId) {
        return switch (failure) {
            case KvFailure.NotLeader notLeader ->
                unavailable("no leader of the queue is reachable");
            case KvFailure.NoLeader noLeader -> unavailable("no leader of the queue is reachable");
            case KvFailure.LeadershipTransferInProgress transfer ->
                unavailable("leadership of the queue is being handed over");
            case KvFailure.Overloaded overloaded ->
                new SqsException(SqsError.REQUEST_THROTTLED, "The server is overloaded.");
            case KvFailure.DeadlineExceeded deadline ->
                unavailable("the deadline passed before anything was changed");
            case KvFailure.OutcomeUnknown unknown -> new SqsException(SqsError.INTERNAL_FAILURE,
                    "The outcome of request " + requestId
                            + " is unknown: it may have been applied.");
            case KvFailure.ConditionFailed failed -> unavailable("the queue is contended");
            case KvFailure.WriteConflict conflict -> unavailable("the queue is contended");
            case KvFailure.Refused refused ->
                new SqsException(SqsError.INTERNAL_FAILURE, "The store refused the request.");
            case KvFailure.ReadTooOld readTooOld ->
                unavailable("the moment read is no longer kept");
            case KvFailure.DiskFull diskFull -> unavailable("the disk is full");
            case KvFailure.Poisoned poisoned -> unavailable("the store has stopped");
        };
    }

    private static SqsException unavailable(String reason) {
        return new SqsException(SqsError.SERVICE_UNAVAILABLE,
                "The request has failed due to a temporary failure of the server: " + reason + ".");
    }
}
