package io.quorate.kv.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * One open database, closed by whoever lets go of it last: its store, or a reader that began before a
 * restore replaced it. Safe for any thread.
 */
final class RocksHandle {
    final RocksDB db;
    final ReadOptions read = new ReadOptions();
    final ReadOptions readCached = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
    /** The Raft log is the write-ahead log. */
    final WriteOptions write = new WriteOptions().setDisableWAL(true);

    private final Options options;
    private final AbstractEventListener listener;
    private final Path directory;
    private volatile boolean deleteOnClose;
    private final AtomicInteger users = new AtomicInteger(1);

    private RocksHandle(RocksDB db, Path directory, Options options,
            AbstractEventListener listener) {
        this.db = db;
        this.directory = directory;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Opens the database in a directory.
     *
     * @param listener told of background errors; closed with the handle
     */
    static RocksHandle open(RocksResources resources, Path directory,
            AbstractEventListener listener) throws RocksDBException {
        Options options = resources.newOptions().setListeners(List.of(listener));
        try {
            RocksDB db = RocksDB.open(options, directory.toString());
            return new RocksHandle(db, directory, options, listener);
        } catch (RocksDBException failure) {
            options.close();
            listener.close();
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

    void release() {
        if (users.decrementAndGet() == 0) {
            db.close();
            write.close();
            readCached.close();
            read.close();
            options.close();
            listener.close();
            if (deleteOnClose) {
                StateDirectory.deleteQuietly(directory);
            }
        }
    }
}
