package io.quorate.kv.raft.log;

import java.nio.file.Path;

/** What every part of one log is given: where, through what, how large, and who is told. */
record LogContext(Path directory, LogFiles files, LogSettings settings, LogListener listener) {}
