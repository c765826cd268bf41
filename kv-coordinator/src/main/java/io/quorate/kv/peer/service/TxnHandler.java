package io.quorate.kv.peer.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Value;
import io.quorate.kv.v1.Compare;
import io.quorate.kv.v1.Operation;
import io.quorate.kv.v1.TxnRequest;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs at the leader whatever must read before it writes. The request is a checked {@link TxnRequest},
 * the answer a {@link TxnAnswer}.
 */
final class TxnHandler implements LeaderHandler {
    /** The name it is registered under; part of the protocol between nodes. */
    static final String NAME = "kv.txn";

    @Override
    public List<Key> latches(Value request) {
        TxnRequest txn = parse(request);
        Space space = new Space(txn.getSpace());
        Set<Key> keys = new LinkedHashSet<>();
        for (Compare compare : txn.getComparesList()) {
            keys.add(space.key(compare.getKey()));
        }
        addKeys(txn.getThenList(), space, keys);
        addKeys(txn.getOtherwiseList(), space, keys);
        // Without its latch a key is validated at commit all the same; it is only less fair.
        return keys.stream().limit(MAX_LATCHES).toList();
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        TxnRequest txn = parse(request);
        return new TxnRun(view, new Space(txn.getSpace())).decide(txn);
    }

    @Override
    public Value committed(Value answer, long commitTs) {
        return TxnAnswer.stamped(answer, commitTs);
    }

    private static void addKeys(List<Operation> operations, Space space, Set<Key> keys) {
        for (Operation operation : operations) {
            ByteString key = switch (operation.getOperationCase()) {
                case PUT -> operation.getPut().getKey();
                case APPEND -> operation.getAppend().getKey();
                case DELETE -> operation.getDelete().getKey();
                case GET -> operation.getGet().getKey();
                case RANGE, DELETE_RANGE, OPERATION_NOT_SET -> ByteString.EMPTY;
            };
            if (!key.isEmpty()) {
                keys.add(space.key(key));
            }
        }
    }

    private static TxnRequest parse(Value request) {
        try {
            return TxnRequest.parseFrom(ByteBuffer.wrap(request.shared()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not a request of this format", e);
        }
    }
}
