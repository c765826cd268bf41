package io.quorate.kv.mvcc;

import io.quorate.kv.RetryId;
import io.quorate.kv.command.RetryRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One group's state on a medium: the reading side, and what its state machine needs. {@link #write}
 * and {@link #restore} are called by one thread at a time; everything else by any thread.
 *
 * <p>After a failed write nothing can be said about the state: every later call fails with
 * {@link io.quorate.kv.KvFailure.Poisoned}, or {@link io.quorate.kv.KvFailure.DiskFull} if that was
 * the cause, until the store is opened again.
 */
public interface MvccEngine extends MvccStore, AutoCloseable {
    /** How far the log is applied. */
    AppliedState applied();

    /** What is kept under a retry id on a route, expired or not. */
    Optional<RetryRecord> retryRecord(int route, RetryId id);

    /**
     * The same if it can be told without touching the disk.
     *
     * @throws NotCachedException if the disk would have to be read
     */
    Optional<RetryRecord> retryRecordCached(int route, RetryId id) throws NotCachedException;

    /** Writes the changes of one entry and its applied state, all or nothing. */
    void write(EntryChanges changes);

    /** Makes everything written durable and returns the applied index that is. Blocks on the disk. */
    long flush() throws IOException;

    /** Writes a consistent copy into an empty directory and returns its applied index. Blocks. */
    long checkpoint(Path directory) throws IOException;

    /**
     * Replaces the state by a checkpoint, whose files may be moved away. Readers finish on the old.
     *
     * @throws UnreadableStateException if it cannot be opened; nothing has changed then
     */
    void restore(Path directory) throws IOException;

    /**
     * Deletes superseded versions that no read at or above the safe point can see, and retry records
     * that no command after the last applied stamp can find. One bounded batch.
     *
     * @param cursor where to go on
     * @param maxRows most rows looked at
     */
    Collected collect(GcCursor cursor, int maxRows);

    @Override
    void close();

    /**
     * What one batch of garbage collection did.
     *
     * @param next where to go on; {@link GcCursor#START} once everything was looked at
     * @param deleted how many rows were deleted
     */
    record Collected(GcCursor next, int deleted) {
        /** Whether everything was looked at. */
        public boolean complete() {
            return next.isStart();
        }
    }
}
