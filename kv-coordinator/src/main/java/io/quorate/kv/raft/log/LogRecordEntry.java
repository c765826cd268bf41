package io.quorate.kv.raft.log;

/** One Raft entry as it stands in the log. The array is handed over, not copied. */
@SuppressWarnings("ArrayRecordComponent") // payloads are handed over without a copy; identity equality is not used
public record LogRecordEntry(long index, long term, byte[] payload) {}
