package io.quorate.dynamodb.error;

import io.quorate.kv.KvFailure;

/** What clients see of the store's failures: docs/compatibility.md, "Failures". Pure functions. */
public final class KvFailureErrors {
    private KvFailureErrors() {}

    /**
     * The error for a failure.
     *
     * @param requestId named where the outcome is unknown, so that it can be looked up
     */
    public static DynamoDbException of(KvFailure failure, String requestId) {
        return switch (failure) {
            case KvFailure.NotLeader notLeader -> internal("No leader of the data is reachable");
            case KvFailure.NoLeader noLeader -> internal("No leader of the data is reachable");
            case KvFailure.LeadershipTransferInProgress transfer ->
                internal("Leadership of the data is being handed over");
            case KvFailure.Overloaded overloaded ->
                new DynamoDbException(DynamoDbError.THROTTLING, "The server is overloaded");
            case KvFailure.DeadlineExceeded deadline ->
                internal("The deadline passed before anything was changed");
            case KvFailure.OutcomeUnknown unknown -> internal(
                    "The outcome of request " + requestId
                            + " is unknown: it may have been applied");
            case KvFailure.ConditionFailed failed -> conflict();
            case KvFailure.WriteConflict writeConflict -> conflict();
            case KvFailure.Refused refused -> internal("The store refused the request");
            case KvFailure.ReadTooOld readTooOld -> internal("The moment read is no longer kept");
            case KvFailure.DiskFull diskFull -> internal("The disk is full");
            case KvFailure.Poisoned poisoned -> internal("The store has stopped");
        };
    }

    private static DynamoDbException conflict() {
        return new DynamoDbException(DynamoDbError.TRANSACTION_CONFLICT,
                "Transaction is ongoing for the item");
    }

    private static DynamoDbException internal(String text) {
        return new DynamoDbException(DynamoDbError.INTERNAL_SERVER_ERROR, text);
    }
}
