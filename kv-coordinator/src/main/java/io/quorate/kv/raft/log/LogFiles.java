package io.quorate.kv.raft.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All the log ever asks of a file system, so that a test can fail an fsync and lose or tear what was not forced. Safe
 * for use by several threads.
 */
public interface LogFiles {

    /** How a file is opened. */
    enum Mode {
        /** For reading; the file must exist. */
        READ,
        /** For reading and writing; the file must exist. */
        WRITE,
        /** For reading and writing; the file must not exist. */
        CREATE
    }

    /** Creates the directory and its parents where missing, durably. */
    void createDirectories(Path directory) throws IOException;

    /** The files of a directory, in no order. */
    List<Path> list(Path directory) throws IOException;

    /** Opens one file; a creation is durable only after {@link #syncDirectory}. */
    LogFile open(Path file, Mode mode) throws IOException;

    /** Atomically gives a file another name in its directory, replacing what had it. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a file; durable only after {@link #syncDirectory}. */
    void delete(Path file) throws IOException;

    /** Makes creations, renames and removals in the directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Bytes this process may still write on the directory's disk. */
    long freeBytes(Path directory) throws IOException;
}
