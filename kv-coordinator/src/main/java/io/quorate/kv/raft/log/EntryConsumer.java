package io.quorate.kv.raft.log;

/** Takes entries read from disk, in index order. The payload array belongs to the receiver. */
@FunctionalInterface
public interface EntryConsumer {

    /** Takes one entry. */
    void accept(long index, long term, byte[] payload);
}
