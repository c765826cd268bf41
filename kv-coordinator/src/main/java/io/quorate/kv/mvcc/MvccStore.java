package io.quorate.kv.mvcc;

import io.quorate.kv.Key;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Versioned;
import java.util.Optional;

/**
 * The reading side of one group's multi-version state. Safe for any thread; may block on the disk
 * unless the method says otherwise.
 */
public interface MvccStore {
    /** The latest row. */
    Optional<Versioned> getLatest(Key key);

    /**
     * The latest row if it can be told without touching the disk.
     *
     * @throws NotCachedException if the disk would have to be read
     */
    Optional<Versioned> getLatestCached(Key key) throws NotCachedException;

    /** One page of latest rows, as of one moment. */
    ScanPage scanLatest(Scan scan);

    /** One page of latest rows if it can be told without touching the disk. */
    ScanPage scanLatestCached(Scan scan) throws NotCachedException;

    /** The row as of a timestamp. Fails with ReadTooOld below the safe point. */
    Optional<Versioned> getAt(Key key, long timestamp);

    /** One page as of a timestamp. Fails with ReadTooOld below the safe point. */
    ScanPage scanAt(Scan scan, long timestamp);

    /** The row as of a timestamp if it can be told without touching the disk. */
    Optional<Versioned> getAtCached(Key key, long timestamp) throws NotCachedException;

    /** One page as of a timestamp if it can be told without touching the disk. */
    ScanPage scanAtCached(Scan scan, long timestamp) throws NotCachedException;

    /** Says that an answer needs the disk. Has no stack trace. */
    final class NotCachedException extends Exception {
        private static final long serialVersionUID = 1L;

        public NotCachedException() {
            super("not in the block cache", null, false, false);
        }
    }
}
