package io.quorate.kv.peer.call;

import io.quorate.kv.KvFailure;
import io.quorate.kv.peer.wire.ConditionFailed;
import io.quorate.kv.peer.wire.Failure;
import io.quorate.kv.peer.wire.NotLeader;
import io.quorate.kv.peer.wire.Nothing;
import io.quorate.kv.peer.wire.Overloaded;
import io.quorate.kv.peer.wire.Poisoned;
import io.quorate.kv.peer.wire.RefusedRequest;
import java.util.Optional;

/** Failures on the wire and back. Stateless. */
public final class FailureCodec {
    /** Longest text sent: failures travel in trailers, whose size gRPC bounds. */
    static final int TEXT_MAX = 1_024;

    private static final Nothing NOTHING = Nothing.getDefaultInstance();

    private FailureCodec() {}

    /** The failure as it is sent; long texts are cut. */
    public static Failure encode(KvFailure failure) {
        Failure.Builder wire = Failure.newBuilder();
        switch (failure) {
            case KvFailure.NotLeader(var leader) ->
                wire.setNotLeader(NotLeader.newBuilder().setLeader(leader.orElse("")));
            case KvFailure.NoLeader none -> wire.setNoLeader(NOTHING);
            case KvFailure.LeadershipTransferInProgress transfer ->
                wire.setLeadershipTransferInProgress(NOTHING);
            case KvFailure.Overloaded(var bound) ->
                wire.setOverloaded(Overloaded.newBuilder().setBound(cut(bound)));
            case KvFailure.DeadlineExceeded late -> wire.setDeadlineExceeded(NOTHING);
            case KvFailure.OutcomeUnknown unknown -> wire.setOutcomeUnknown(NOTHING);
            case KvFailure.ConditionFailed(var index) ->
                wire.setConditionFailed(ConditionFailed.newBuilder().setIndex(index));
            case KvFailure.WriteConflict conflict -> wire.setWriteConflict(NOTHING);
            case KvFailure.Refused(var reason) ->
                wire.setRefused(RefusedRequest.newBuilder().setReason(cut(reason)));
            case KvFailure.ReadTooOld old -> wire.setReadTooOld(NOTHING);
            case KvFailure.DiskFull full -> wire.setDiskFull(NOTHING);
            case KvFailure.Poisoned(var reason) ->
                wire.setPoisoned(Poisoned.newBuilder().setReason(cut(reason)));
        }
        return wire.build();
    }

    /** The failure that was sent; one that this program does not know leaves the outcome open. */
    public static KvFailure decode(Failure wire) {
        return switch (wire.getKindCase()) {
            case NOT_LEADER -> new KvFailure.NotLeader(
                    Optional.of(wire.getNotLeader().getLeader()).filter(id -> !id.isEmpty()));
            case NO_LEADER -> new KvFailure.NoLeader();
            case LEADERSHIP_TRANSFER_IN_PROGRESS -> new KvFailure.LeadershipTransferInProgress();
            case OVERLOADED -> new KvFailure.Overloaded(wire.getOverloaded().getBound());
            case DEADLINE_EXCEEDED -> new KvFailure.DeadlineExceeded();
            case OUTCOME_UNKNOWN, KIND_NOT_SET -> new KvFailure.OutcomeUnknown();
            case CONDITION_FAILED ->
                new KvFailure.ConditionFailed(wire.getConditionFailed().getIndex());
            case WRITE_CONFLICT -> new KvFailure.WriteConflict();
            case REFUSED -> new KvFailure.Refused(wire.getRefused().getReason());
            case READ_TOO_OLD -> new KvFailure.ReadTooOld();
            case DISK_FULL -> new KvFailure.DiskFull();
            case POISONED -> new KvFailure.Poisoned(wire.getPoisoned().getReason());
        };
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }
}
