package io.quorate.kv.peer.service;

import com.google.protobuf.ByteString;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.v1.Compare;
import io.quorate.kv.v1.Operation;
import io.quorate.kv.v1.Relation;
import io.quorate.kv.v1.Span;
import io.quorate.kv.v1.TxnRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Refuses requests that can never be served, in one sentence that says why. */
final class Requests {
    private Requests() {}

    static Space space(String name) {
        require(name.length() <= Limits.SPACE_LENGTH, "the space's name has " + name.length()
                + " characters, most are " + Limits.SPACE_LENGTH);
        for (int i = 0; i < name.length(); i++) {
            require(isNameCharacter(name.charAt(i)),
                    "the space's name has a character other than A-Z a-z 0-9 . _ - / :");
        }
        return new Space(name);
    }

    static void checkKey(ByteString key) {
        require(!key.isEmpty(), "the key is empty");
        require(key.size() <= Limits.KEY_BYTES,
                "the key has " + key.size() + " bytes, most are " + Limits.KEY_BYTES);
    }

    static void checkValue(ByteString value) {
        require(value.size() <= Limits.VALUE_BYTES,
                "the value has " + value.size() + " bytes, most are " + Limits.VALUE_BYTES);
    }

    static void checkSpan(Span span) {
        for (ByteString bound : List.of(span.getStart(), span.getEnd(), span.getPrefix())) {
            require(bound.size() <= Limits.BOUND_BYTES, "a bound of the span has " + bound.size()
                    + " bytes, most are " + Limits.BOUND_BYTES);
        }
    }

    static void checkLimit(int asked) {
        require(asked >= 0 && asked <= Limits.ROWS,
                "the limit is " + Integer.toUnsignedString(asked) + ", most are " + Limits.ROWS);
    }

    static void checkRequestId(String id) {
        int length = id.getBytes(StandardCharsets.UTF_8).length;
        require(length <= Limits.REQUEST_ID_BYTES, "the request id has " + length
                + " bytes, most are " + Limits.REQUEST_ID_BYTES);
    }

    /** A transaction, whatever it was made from, but for its space. */
    static void checkTxn(TxnRequest request) {
        require(request.getSerializedSize() <= Limits.TXN_BYTES, "the transaction has "
                + request.getSerializedSize() + " bytes, most are " + Limits.TXN_BYTES);
        checkRequestId(request.getRequestId());
        parts("comparisons", request.getComparesCount());
        parts("operations", request.getThenCount());
        parts("operations", request.getOtherwiseCount());
        request.getComparesList().forEach(Requests::compare);
        request.getThenList().forEach(Requests::operation);
        request.getOtherwiseList().forEach(Requests::operation);
    }

    private static void compare(Compare compare) {
        checkKey(compare.getKey());
        require(compare.getRelation() != Relation.UNRECOGNIZED,
                "unknown relation " + compare.getRelationValue());
        switch (compare.getTargetCase()) {
            case STAMP, VALUE -> {
                // Any stamp and any value can be compared with.
            }
            case TARGET_NOT_SET -> throw refused("a comparison names neither stamp nor value");
        }
    }

    private static void operation(Operation operation) {
        switch (operation.getOperationCase()) {
            case PUT -> {
                checkKey(operation.getPut().getKey());
                checkValue(operation.getPut().getValue());
            }
            case APPEND -> checkKey(operation.getAppend().getKey());
            case DELETE -> checkKey(operation.getDelete().getKey());
            case GET -> checkKey(operation.getGet().getKey());
            case RANGE -> {
                checkLimit(operation.getRange().getLimit());
                checkSpan(operation.getRange().getSpan());
            }
            case DELETE_RANGE -> {
                checkLimit(operation.getDeleteRange().getLimit());
                checkSpan(operation.getDeleteRange().getSpan());
            }
            case OPERATION_NOT_SET ->
                throw refused("an operation is empty, or unknown to this version");
        }
    }

    private static void parts(String what, int count) {
        require(count <= Limits.TXN_PARTS, "the transaction has " + count + " " + what
                + ", most are " + Limits.TXN_PARTS);
    }

    private static boolean isNameCharacter(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        boolean digit = c >= '0' && c <= '9';
        return letter || digit || "._-/:".indexOf(c) >= 0;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw refused(otherwise);
        }
    }

    static KvException refused(String reason) {
        return new KvFailure.Refused(reason).asException();
    }
}
