package io.quorate.s3.error;

import io.quorate.kv.KvFailure;

/** What clients see of the store's failures: docs/compatibility.md, "Failures". Pure functions. */
public final class KvFailureErrors {
    private KvFailureErrors() {}

    /**
     * The error for a failure.
     *
     * @param requestId named where the outcome is unknown, so that it can be looked up
     */
    public static S3Exception of(KvFailure failure, String requestId) {
        return switch (failure) {
            case KvFailure.NotLeader notLeader -> unavailable("No leader is reachable.");
            case KvFailure.NoLeader noLeader -> unavailable("No leader is reachable.");
            case KvFailure.LeadershipTransferInProgress transfer ->
                unavailable("Leadership is being handed over.");
            case KvFailure.Overloaded overloaded -> new S3Exception(S3Error.SLOW_DOWN);
            case KvFailure.DeadlineExceeded deadline -> new S3Exception(S3Error.SLOW_DOWN);
            case KvFailure.OutcomeUnknown unknown -> new S3Exception(S3Error.INTERNAL_ERROR,
                    "The outcome of request " + requestId
                            + " is unknown: it may have been applied. Please try again.");
            case KvFailure.ConditionFailed failed -> unavailable("The object is contended.");
            case KvFailure.WriteConflict conflict -> unavailable("The object is contended.");
            case KvFailure.Refused refused -> new S3Exception(S3Error.INTERNAL_ERROR);
            case KvFailure.ReadTooOld readTooOld ->
                unavailable("The moment read is no longer kept.");
            case KvFailure.DiskFull diskFull -> unavailable("The disk is full.");
            case KvFailure.Poisoned poisoned -> unavailable("The store has stopped.");
        };
    }

    private static S3Exception unavailable(String reason) {
        return new S3Exception(S3Error.SERVICE_UNAVAILABLE,
                S3Error.SERVICE_UNAVAILABLE.text() + " " + reason);
    }
}
