package io.quorate.kv.peer.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler.Decision;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.peer.service.FoundPage.PageBound;
import io.quorate.kv.v1.AppendOperation;
import io.quorate.kv.v1.AppendResult;
import io.quorate.kv.v1.Compare;
import io.quorate.kv.v1.DeleteOperation;
import io.quorate.kv.v1.DeleteRangeOperation;
import io.quorate.kv.v1.DeleteRangeResult;
import io.quorate.kv.v1.DeleteResult;
import io.quorate.kv.v1.GetOperation;
import io.quorate.kv.v1.GetResponse;
import io.quorate.kv.v1.Operation;
import io.quorate.kv.v1.OperationResult;
import io.quorate.kv.v1.PutOperation;
import io.quorate.kv.v1.PutResult;
import io.quorate.kv.v1.RangeOperation;
import io.quorate.kv.v1.TxnRequest;
import io.quorate.kv.v1.TxnResponse;
import java.util.List;
import java.util.Optional;

/** One run of one transaction at the leader. Not thread-safe. */
final class TxnRun {
    private final LeaderView view;
    private final Space space;
    private final TxnState state;
    private long answerBytes;
    private boolean showsOwnRows;

    TxnRun(LeaderView view, Space space) {
        this.view = view;
        this.space = space;
        this.state = new TxnState(view);
    }

    Decision decide(TxnRequest request) {
        boolean holds = request.getComparesList().stream().allMatch(this::holds);
        TxnResponse.Builder response = TxnResponse.newBuilder().setSucceeded(holds);
        try {
            perform(holds ? request.getThenList() : request.getOtherwiseList(), response);
        } catch (ValueTooLongException tooLong) {
            return Decision.answer(TxnAnswer.valueTooLong(tooLong.length()));
        }
        Value answer = TxnAnswer.done(response.build(), showsOwnRows);
        if (!request.getRequestId().isEmpty() && answer.length() > Limits.KEPT_ANSWER_BYTES) {
            throw Requests.refused("the answer has more than " + Limits.KEPT_ANSWER_BYTES
                    + " bytes, the most that are kept for a request id");
        }
        return new Decision(state.transaction(), answer);
    }

    private boolean holds(Compare compare) {
        Optional<Versioned> row = view.get(space.key(compare.getKey()));
        return switch (compare.getTargetCase()) {
            case STAMP -> holds(compare,
                    Long.compareUnsigned(row.map(Versioned::version).orElse(Versioned.ABSENT),
                            compare.getStamp()));
            case VALUE -> row
                    .map(found -> holds(compare,
                            Space.compare(bytesOf(found.value()), compare.getValue())))
                    .orElseGet(() -> holdsForAbsentValue(compare));
            case TARGET_NOT_SET -> throw unchecked();
        };
    }

    private static boolean holds(Compare compare, int order) {
        return switch (compare.getRelation()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case GREATER -> order > 0;
            case UNRECOGNIZED -> throw unchecked();
        };
    }

    private static boolean holdsForAbsentValue(Compare compare) {
        return switch (compare.getRelation()) {
            case NOT_EQUAL -> true;
            case EQUAL, LESS, GREATER -> false;
            case UNRECOGNIZED -> throw unchecked();
        };
    }

    private void perform(List<Operation> operations, TxnResponse.Builder response) {
        for (Operation operation : operations) {
            OperationResult.Builder result = response.addResultsBuilder();
            switch (operation.getOperationCase()) {
                case PUT -> result.setPut(put(operation.getPut()));
                case APPEND -> result.setAppend(append(operation.getAppend()));
                case DELETE -> result.setDelete(delete(operation.getDelete()));
                case GET -> result.setGet(get(operation.getGet()));
                case RANGE -> range(operation.getRange(), result);
                case DELETE_RANGE ->
                    result.setDeleteRange(deleteRange(operation.getDeleteRange()));
                case OPERATION_NOT_SET -> throw unchecked();
            }
        }
    }

    private PutResult put(PutOperation put) {
        state.put(space.key(put.getKey()), Value.of(put.getValue().toByteArray()));
        return PutResult.getDefaultInstance();
    }

    private AppendResult append(AppendOperation append) {
        Key key = space.key(append.getKey());
        byte[] old = state.get(key).map(row -> row.value().shared()).orElse(new byte[0]);
        long length = (long) old.length + append.getSuffix().size();
        if (length > Limits.VALUE_BYTES) {
            throw new ValueTooLongException(length);
        }
        byte[] longer = new byte[(int) length];
        System.arraycopy(old, 0, longer, 0, old.length);
        append.getSuffix().copyTo(longer, old.length);
        state.put(key, Value.of(longer));
        return AppendResult.newBuilder().setLength(longer.length).build();
    }

    private DeleteResult delete(DeleteOperation delete) {
        return DeleteResult.newBuilder().setDeleted(state.delete(space.key(delete.getKey())))
                .build();
    }

    private GetResponse get(GetOperation get) {
        return state.get(space.key(get.getKey())).map(row -> {
            answers(row, true);
            return GetResponse.newBuilder().setRow(row.toRow(get.getKey(), true)).build();
        }).orElse(GetResponse.getDefaultInstance());
    }

    private void range(RangeOperation range, OperationResult.Builder result) {
        int limit = range.getLimit() == 0 ? Limits.DEFAULT_ROWS : range.getLimit();
        int bytes = (int) Math.max(1, Limits.ANSWER_BYTES - answerBytes);
        FoundPage page = space.range(range.getSpan())
                .map(where -> state.page(where,
                        new PageBound(limit, bytes, range.getDescending())))
                .orElseGet(FoundPage::empty);
        page.rows().forEach(row -> answers(row, !range.getKeysOnly()));
        result.setRange(page.toResponse(range.getKeysOnly(), range.getDescending()));
    }

    private DeleteRangeResult deleteRange(DeleteRangeOperation delete) {
        int limit = delete.getLimit() == 0 ? Limits.ROWS : delete.getLimit();
        FoundPage removed = space.range(delete.getSpan())
                .map(where -> state.deleteRange(where,
                        new PageBound(limit, Limits.REMOVED_BYTES, false)))
                .orElseGet(FoundPage::empty);
        return DeleteRangeResult.newBuilder().setDeleted(removed.rows().size())
                .setMore(removed.last().isPresent()).build();
    }

    private void answers(Found row, boolean withValue) {
        showsOwnRows |= row.stamp() == Versioned.ABSENT;
        answerBytes += withValue ? row.storedBytes() : row.key().length();
        if (answerBytes > Limits.ANSWER_BYTES) {
            throw Requests.refused("the answer would have more than " + Limits.ANSWER_BYTES
                    + " bytes of rows");
        }
    }

    private static ByteString bytesOf(Value value) {
        return UnsafeByteOperations.unsafeWrap(value.shared());
    }

    private static IllegalStateException unchecked() {
        return new IllegalStateException("the request was not checked");
    }
}
