package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.Value;
import io.quorate.kv.txn.GroupReplica;
import java.nio.ByteBuffer;
import reactor.core.publisher.Mono;

/** A request for the group's read index: nothing is sent, eight bytes come back. */
final class ReadIndexWork implements Work<Long> {
    @Override
    public PeerCalls.Kind kind() {
        return PeerCalls.Kind.READ_INDEX;
    }

    @Override
    public Mono<Long> here(GroupReplica replica, Deadline deadline) {
        return replica.readIndex().readIndex(deadline);
    }

    @Override
    public Value request(long logMillis, Deadline budget) {
        return Value.empty();
    }

    @Override
    public Long answered(Value answer) {
        return answer.asReadOnlyBuffer().getLong();
    }

    static Value answer(long index) {
        return Value.of(ByteBuffer.allocate(Long.BYTES).putLong(index).array());
    }
}
