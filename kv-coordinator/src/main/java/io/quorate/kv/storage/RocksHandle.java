package io.quorate.kv.storage;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteOptions;

/**
 * One open database, closed by whoever lets go of it last: its store, or a reader that began before a
 * restore replaced it. Safe for any thread.
 */
final class RocksHandle {
    private static final String BACKGROUND_ERRORS = "rocksdb.background-errors";

    final RocksDB db;
    final ReadOptions read = new ReadOptions();
    final ReadOptions readCached = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
    /** The Raft log is the write-ahead log. */
    final WriteOptions write = new WriteOptions().setDisableWAL(true);

    private final Options options;
    private final Path directory;
    private volatile boolean deleteOnClose;
    private final AtomicInteger users = new AtomicInteger(1);

    private RocksHandle(RocksDB db, Path directory, Options options) {
        this.db = db;
        this.directory = directory;
        this.options = options;
    }

    /** Opens the database in a directory. */
    static RocksHandle open(RocksResources resources, Path directory) throws RocksDBException {
        Options options = resources.newOptions();
        try {
            return new RocksHandle(RocksDB.open(options, directory.toString()), directory, options);
        } catch (RocksDBException failure) {
            options.close();
            throw failure;
        }
    }

    /** Keeps the database open until {@link #release}; false if it is closed already. */
    boolean retain() {
        int now = users.get();
        while (now > 0) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    /** Makes the last release delete the files: they were replaced. */
    void deleteOnClose() {
        deleteOnClose = true;
    }

    /** Makes everything written so far durable. */
    void flush() throws RocksDBException {
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            db.flush(wait);
        }
    }

    /**
     * Fails if a flush or compaction has failed since the database was opened. Asked instead of
     * listening, because RocksDB's Java listener cannot decode a failed flush without a write-ahead
     * log (reason 5) and never hears of it.
     */
    void requireNoBackgroundError() throws RocksDBException {
        if (db.getLongProperty(BACKGROUND_ERRORS) > 0) {
            // A flush fails with the error itself, which says whether the disk is full.
            flush();
            throw new RocksDBException(new Status(Status.Code.IOError, Status.SubCode.None, null));
        }
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            db.close();
            write.close();
            readCached.close();
            read.close();
            options.close();
            if (deleteOnClose) {
                StateDirectory.deleteQuietly(directory);
            }
        }
    }
}
