package io.quorate.kv.peer.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quorate.kv.Value;
import io.quorate.kv.v1.GetResponse;
import io.quorate.kv.v1.OperationResult;
import io.quorate.kv.v1.RangeResponse;
import io.quorate.kv.v1.Row;
import io.quorate.kv.v1.TxnResponse;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The answer of {@link TxnHandler} on its way to the caller's node: one byte that says what it is, the
 * stamp (0 until committed), then the response. Nodes of one cluster exchange it and retry records hold
 * it: kinds are only added.
 */
final class TxnAnswer {
    /** What the answer adds to the response, in bytes. */
    static final int OVERHEAD = 1 + Long.BYTES;
    private static final byte DONE = 0;
    /** Rows without stamp in the response have that of the transaction. */
    private static final byte DONE_SHOWING_OWN_ROWS = 1;
    /** A value would become too long; instead of the stamp its length, and no response. */
    private static final byte VALUE_TOO_LONG = 2;

    private TxnAnswer() {}

    static Value done(TxnResponse response, boolean showsOwnRows) {
        ByteString bytes = response.toByteString();
        byte[] answer = new byte[OVERHEAD + bytes.size()];
        answer[0] = showsOwnRows ? DONE_SHOWING_OWN_ROWS : DONE;
        bytes.copyTo(answer, OVERHEAD);
        return Value.of(answer);
    }

    static Value valueTooLong(long length) {
        return Value.of(ByteBuffer.allocate(OVERHEAD).put(VALUE_TOO_LONG).putLong(length).array());
    }

    /** The answer of a committed transaction. */
    static Value stamped(Value answer, long stamp) {
        byte[] bytes = answer.toByteArray();
        ByteBuffer.wrap(bytes).putLong(1, stamp);
        return Value.of(bytes);
    }

    /** The length a value would have had, if that is the answer. */
    static OptionalLong tooLong(Value answer) {
        ByteBuffer bytes = answer.asReadOnlyBuffer();
        return bytes.get() == VALUE_TOO_LONG
                ? OptionalLong.of(bytes.getLong())
                : OptionalLong.empty();
    }

    /**
     * The response.
     *
     * @throws IllegalStateException if it is none of this format
     */
    static TxnResponse response(Value answer) {
        ByteBuffer bytes = answer.asReadOnlyBuffer();
        byte kind = bytes.get();
        long stamp = bytes.getLong();
        TxnResponse response = parse(bytes);
        return switch (kind) {
            case DONE -> response.toBuilder().setStamp(stamp).build();
            case DONE_SHOWING_OWN_ROWS -> withOwnRows(response, stamp);
            default -> throw new IllegalStateException("unknown kind of answer: " + kind);
        };
    }

    private static TxnResponse parse(ByteBuffer bytes) {
        try {
            return TxnResponse.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not an answer of this format", e);
        }
    }

    private static TxnResponse withOwnRows(TxnResponse response, long stamp) {
        TxnResponse.Builder stamped = response.toBuilder().setStamp(stamp);
        for (OperationResult.Builder result : stamped.getResultsBuilderList()) {
            if (result.hasGet()) {
                GetResponse.Builder get = result.getGetBuilder();
                if (get.hasRow()) {
                    stamp(get.getRowBuilder(), stamp);
                }
            } else if (result.hasRange()) {
                RangeResponse.Builder range = result.getRangeBuilder();
                range.getRowsBuilderList().forEach(row -> stamp(row, stamp));
            }
        }
        return stamped.build();
    }

    private static void stamp(Row.Builder row, long stamp) {
        if (row.getStamp() == 0) {
            row.setStamp(stamp);
        }
    }
}
