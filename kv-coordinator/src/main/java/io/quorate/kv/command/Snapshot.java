package io.quorate.kv.command;

import io.quorate.kv.Key;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Versioned;
import java.util.Optional;

/** The state a command is evaluated on: everything before it in the log, earlier commands of its own entry included. */
public interface Snapshot {
    /** The latest row. */
    Optional<Versioned> get(Key key);

    /** One page of the latest rows. */
    ScanPage scan(Scan scan);

    /** What is kept under a retry id on a route, expired or not. */
    Optional<RetryRecord> retryRecord(int route, RetryId id);
}
