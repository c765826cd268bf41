package io.quorate.kv.peer.service;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quorate.kv.KvFailure;
import io.quorate.kv.v1.Failure;
import io.quorate.kv.v1.Retry;

/** Says in the contract's words why a call failed: a code, a sentence, and what may be done. */
final class FailureStatus {
    private FailureStatus() {}

    static StatusRuntimeException of(KvFailure failure) {
        return switch (failure) {
            case KvFailure.NotLeader(var leader) -> safe(Code.UNAVAILABLE,
                    "another node leads the shard", Failure.newBuilder().setNotLeader(
                            Failure.NotLeader.newBuilder().setLeader(leader.orElse(""))));
            case KvFailure.NoLeader none -> safe(Code.UNAVAILABLE, "no leader is known now",
                    Failure.newBuilder().setNoLeader(Failure.NoLeader.getDefaultInstance()));
            case KvFailure.LeadershipTransferInProgress moving -> safe(Code.UNAVAILABLE,
                    "leadership is being handed over",
                    Failure.newBuilder().setLeadershipTransferInProgress(
                            Failure.LeadershipTransferInProgress.getDefaultInstance()));
            case KvFailure.Overloaded(String bound) -> safe(Code.RESOURCE_EXHAUSTED,
                    "overloaded: " + bound, Failure.newBuilder()
                            .setOverloaded(Failure.Overloaded.newBuilder().setBound(bound)));
            case KvFailure.DeadlineExceeded late -> safe(Code.DEADLINE_EXCEEDED,
                    "the deadline passed before anything was proposed",
                    Failure.newBuilder().setDeadlineExceeded(
                            Failure.DeadlineExceeded.getDefaultInstance()));
            case KvFailure.OutcomeUnknown unknown -> outcomeUnknown();
            case KvFailure.WriteConflict conflict -> safe(Code.ABORTED,
                    "what was read changed before the commit, again and again",
                    Failure.newBuilder()
                            .setWriteConflict(Failure.WriteConflict.getDefaultInstance()));
            case KvFailure.Refused(String reason) -> status(Code.INVALID_ARGUMENT, reason,
                    Failure.newBuilder().setRetry(Retry.RETRY_NEVER)
                            .setRefused(Failure.Refused.newBuilder().setReason(reason)));
            case KvFailure.DiskFull full -> safe(Code.RESOURCE_EXHAUSTED,
                    "the disk is full, or nearly", Failure.newBuilder()
                            .setDiskFull(Failure.DiskFull.getDefaultInstance()));
            case KvFailure.Poisoned(String reason) -> safe(Code.UNAVAILABLE, reason, Failure
                    .newBuilder().setPoisoned(Failure.Poisoned.newBuilder().setReason(reason)));
            // The service commits no conditions of its own and reads no past: its own defect.
            case KvFailure.ConditionFailed condition -> defect(Retry.RETRY_NEVER);
            case KvFailure.ReadTooOld old -> defect(Retry.RETRY_NEVER);
        };
    }

    /** An append or a transaction would have made a value too long. */
    static StatusRuntimeException valueTooLong(long length) {
        return status(Code.FAILED_PRECONDITION,
                "the value would have " + length + " bytes, most are " + Limits.VALUE_BYTES,
                Failure.newBuilder().setRetry(Retry.RETRY_NEVER)
                        .setValueTooLong(Failure.ValueTooLong.newBuilder().setLength(length)
                                .setLimit(Limits.VALUE_BYTES)));
    }

    /** The server's own defect. */
    static StatusRuntimeException defect(Retry retry) {
        return status(Code.INTERNAL, "the server found its own defect; its log says more",
                Failure.newBuilder().setRetry(retry)
                        .setInternal(Failure.Internal.getDefaultInstance()));
    }

    private static StatusRuntimeException outcomeUnknown() {
        return status(Code.UNKNOWN, "the change may have happened, or may happen yet",
                Failure.newBuilder().setRetry(Retry.RETRY_OUTCOME_UNKNOWN)
                        .setOutcomeUnknown(Failure.OutcomeUnknown.getDefaultInstance()));
    }

    private static StatusRuntimeException safe(Code code, String message,
            Failure.Builder failure) {
        return status(code, message, failure.setRetry(Retry.RETRY_SAFE));
    }

    private static StatusRuntimeException status(Code code, String message,
            Failure.Builder failure) {
        return StatusProto.toStatusRuntimeException(Status.newBuilder().setCode(code.getNumber())
                .setMessage(message).addDetails(Any.pack(failure.build())).build());
    }
}
