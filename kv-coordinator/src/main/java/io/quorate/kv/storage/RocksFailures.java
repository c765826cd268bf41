package io.quorate.kv.storage;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says in the store's terms what RocksDB reported, by its codes and never by its texts. */
final class RocksFailures {
    private RocksFailures() {}

    static KvException typed(RocksDBException failure) {
        return new KvException(failureOf(failure.getStatus()), failure);
    }

    static KvFailure failureOf(@Nullable Status status) {
        if (status == null) {
            return new KvFailure.Poisoned("the store failed without saying why");
        }
        if (status.getSubCode() == Status.SubCode.NoSpace) {
            return new KvFailure.DiskFull();
        }
        return new KvFailure.Poisoned("the store failed: " + status.getCodeString());
    }

    /** Whether a read of the cache alone found that the disk has to be read. */
    static boolean isNotCached(RocksDBException failure) {
        Status status = failure.getStatus();
        return status != null && status.getCode() == Status.Code.Incomplete;
    }
}
