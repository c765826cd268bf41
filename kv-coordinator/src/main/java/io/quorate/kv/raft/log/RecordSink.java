package io.quorate.kv.raft.log;

import java.nio.ByteBuffer;

/** Sees records in log order, when they are written and again when they are recovered. */
@FunctionalInterface
interface RecordSink {

    /** @param payload valid during the call only */
    void accept(RecordHeader header, ByteBuffer payload, long position);
}
