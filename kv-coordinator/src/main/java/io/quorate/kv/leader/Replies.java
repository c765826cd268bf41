package io.quorate.kv.leader;

import io.quorate.kv.Value;
import java.nio.ByteBuffer;

/**
 * The binary form of what a leader answers to a forwarded change.
 *
 * <pre>
 * reply := 1 answer | 2 answer | 3 logMillis(8)
 * </pre>
 *
 * 1: the change is in the log; 2: decided without change; 3: too old, and what the group's time is.
 */
final class Replies {
    private static final byte COMMITTED = 1;
    private static final byte UNCHANGED = 2;
    private static final byte TOO_OLD = 3;

    private Replies() {}

    static Value of(LeaderCall.Answer answer) {
        byte[] value = answer.value().shared();
        return Value.of(ByteBuffer.allocate(1 + value.length)
                .put(answer.committed() ? COMMITTED : UNCHANGED).put(value).array());
    }

    static Value committed(long commitTs) {
        return Value.of(ByteBuffer.allocate(1 + Long.BYTES).put(COMMITTED).putLong(commitTs)
                .array());
    }

    static Value tooOld(long logMillis) {
        return Value.of(ByteBuffer.allocate(1 + Long.BYTES).put(TOO_OLD).putLong(logMillis)
                .array());
    }

    /**
     * Reads a reply.
     *
     * @throws TooOldException if it says so
     */
    static LeaderCall.Answer answer(Value reply) {
        ByteBuffer in = reply.asReadOnlyBuffer();
        byte kind = in.get();
        if (kind == TOO_OLD) {
            throw new TooOldException(in.getLong());
        }
        if (kind != COMMITTED && kind != UNCHANGED) {
            throw new IllegalStateException("a reply of kind " + kind);
        }
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return new LeaderCall.Answer(Value.of(value), kind == COMMITTED);
    }
}
