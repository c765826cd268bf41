package io.quorate.kv.storage;

/**
 * Bounds of the native memory that all groups of a process share.
 *
 * @param blockCacheBytes blocks, indexes and filters in memory
 * @param writeBufferBytes rows not flushed yet, over all groups; charged to the same cache
 * @param groupWriteBufferBytes at this size one group's rows are flushed
 * @param maxOpenFiles table files kept open by each group
 * @param backgroundJobs threads that flush and compact
 */
public record StorageSettings(long blockCacheBytes, long writeBufferBytes,
        long groupWriteBufferBytes, int maxOpenFiles, int backgroundJobs) {
    private static final long MIB = 1024 * 1024;

    public StorageSettings {
        if (blockCacheBytes < MIB || writeBufferBytes < MIB || groupWriteBufferBytes < MIB
                || maxOpenFiles < 16 || backgroundJobs < 1) {
            throw new IllegalArgumentException("storage bounds too small: " + blockCacheBytes + ", "
                    + writeBufferBytes + ", " + groupWriteBufferBytes + ", " + maxOpenFiles + ", "
                    + backgroundJobs);
        }
    }

    /** What a process gets that asks for nothing: 96 MiB in all. */
    public static StorageSettings defaults() {
        return new StorageSettings(64 * MIB, 32 * MIB, 16 * MIB, 256, 2);
    }
}
