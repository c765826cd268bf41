package io.quorate.kv.storage;

import io.quorate.kv.mvcc.AppliedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.Checkpoint;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Writes checkpoints: hard links to immutable tables, after a flush, because there is no other log. */
final class CheckpointFiles {
    private CheckpointFiles() {}

    /**
     * Writes a checkpoint of a database that may be written to meanwhile.
     *
     * @param target an empty directory, or none
     * @return how far the log is applied in the copy, as read from it
     */
    static AppliedState write(RocksResources resources, RocksHandle handle, Path target)
            throws IOException, RocksDBException {
        Files.deleteIfExists(target);
        handle.flush();
        try (Checkpoint checkpoint = Checkpoint.create(handle.db)) {
            checkpoint.createCheckpoint(target.toString());
        }
        return applied(resources, target);
    }

    private static AppliedState applied(RocksResources resources, Path target)
            throws RocksDBException {
        try (Options options = resources.newOptions();
                RocksDB copy = RocksDB.openReadOnly(options, target.toString());
                ReadOptions read = new ReadOptions()) {
            return OpenedState.applied(copy.get(read, RowLayout.APPLIED_KEY));
        }
    }
}
