package io.quorate.kv.storage;

import io.quorate.kv.mvcc.AppliedState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * A database that was opened and found to be in a known format.
 *
 * @param handle the database
 * @param applied how far the log is applied in it
 */
record OpenedState(RocksHandle handle, AppliedState applied) {
    /** Opens a database, which begins empty. */
    static OpenedState open(RocksResources resources, Path database) throws IOException {
        RocksHandle handle;
        try {
            handle = RocksHandle.open(resources, database);
        } catch (RocksDBException failure) {
            throw new IOException("cannot open " + database, failure);
        }
        try {
            return new OpenedState(handle, read(handle, database));
        } catch (RocksDBException failure) {
            handle.release();
            throw new IOException("cannot read " + database, failure);
        } catch (IOException failure) {
            handle.release();
            throw failure;
        }
    }

    /** Reads how far the log is applied; writes the format into a new database. */
    private static AppliedState read(RocksHandle handle, Path database)
            throws RocksDBException, IOException {
        byte[] format = handle.db.get(handle.read, RowLayout.FORMAT_KEY);
        if (format == null) {
            byte[] first = ByteBuffer.allocate(Integer.BYTES).putInt(RowLayout.FORMAT).array();
            handle.db.put(handle.write, RowLayout.FORMAT_KEY, first);
        } else if (ByteBuffer.wrap(format).getInt() != RowLayout.FORMAT) {
            throw new IOException(database + " has store format " + ByteBuffer.wrap(format).getInt()
                    + ", this version reads format " + RowLayout.FORMAT
                    + " only: run the version that wrote it");
        }
        return applied(handle.db.get(handle.read, RowLayout.APPLIED_KEY));
    }

    static AppliedState applied(byte @Nullable [] stored) {
        return stored == null ? AppliedState.NOTHING : AppliedStateCodec.get(stored);
    }
}
