package io.quorate.kv.storage;

import io.quorate.kv.mvcc.AppliedState;
import java.nio.ByteBuffer;

/** The stored form of {@link AppliedState}: index, term, last stamp, safe point, 8 bytes each. */
final class AppliedStateCodec {
    static final int BYTES = 4 * Long.BYTES;

    private AppliedStateCodec() {}

    static void put(ByteBuffer target, AppliedState state) {
        target.putLong(state.index()).putLong(state.term()).putLong(state.lastStamp())
                .putLong(state.safePoint());
    }

    static AppliedState get(byte[] stored) {
        ByteBuffer source = ByteBuffer.wrap(stored);
        return new AppliedState(source.getLong(), source.getLong(), source.getLong(),
                source.getLong());
    }
}
