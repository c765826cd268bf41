package io.quorate.kv.raft.hazelcast.wire;

/** What an entry of the log carries, besides the engine's own membership changes. */
public sealed interface LogOperation {
    /**
     * A proposal, opaque here.
     *
     * @param entry the bytes as proposed; owned by the log, never changed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over without a copy; told apart by identity
    record Command(byte[] entry) implements LogOperation {}

    /** The first entry of a term, appended by its leader. */
    record TermStart() implements LogOperation {}
}
