package io.quorate.kv.raft;

import java.util.List;

/** Makes one entry of the log out of the commands that share a proposal. Must not block. */
@FunctionalInterface
public interface BatchEncoder {
    /**
     * Encodes an entry.
     *
     * @param firstStamp the stamp of the first command; those of the others follow it one by one
     * @param commands encoded commands in the order in which they will be applied
     */
    byte[] encode(long firstStamp, List<byte[]> commands);
}
