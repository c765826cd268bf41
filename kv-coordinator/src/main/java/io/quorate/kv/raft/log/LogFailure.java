package io.quorate.kv.raft.log;

import java.nio.file.Path;

/** Why the log refuses to open or to go on; carried by {@link RaftLogException}. */
public sealed interface LogFailure {

    /**
     * Bytes that were known to be on disk are not what was written.
     *
     * @param file   the damaged file, or the directory if a whole file is missing
     * @param offset byte offset in {@code file} of the first record that cannot be trusted
     * @param detail what was found there
     */
    record CorruptLog(Path file, long offset, String detail) implements LogFailure {}

    /** The file was written by a newer format than this program knows. */
    record UnknownFormat(Path file, int version) implements LogFailure {}

    /** The disk had no room for the next segment; {@code freeBytes} is what was left. */
    record DiskFull(Path directory, long freeBytes) implements LogFailure {}

    /** The disk failed during {@code operation}; the exception's cause says how. */
    record DiskFailed(String operation) implements LogFailure {}

    /** The log was closed by its owner. */
    record LogClosed() implements LogFailure {}
}
