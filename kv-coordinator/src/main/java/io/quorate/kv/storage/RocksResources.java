package io.quorate.kv.storage;

import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ChecksumType;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WriteBufferManager;

/**
 * What the stores of one process share: block cache, write buffer budget, filter policy. Safe for any
 * thread; closed after the last store.
 */
public final class RocksResources implements AutoCloseable {
    private static final int BLOCK_BYTES = 8 * 1024;
    private static final int ARENA_BLOCK_BYTES = 256 * 1024;
    private static final double BLOOM_BITS_PER_KEY = 10;
    private static final double MEMTABLE_BLOOM_SHARE = 0.02;
    private static final double HIGH_PRIORITY_SHARE = 0.3;
    private static final int CACHE_SHARD_BITS = 4;
    private static final long INFO_LOG_BYTES = 1024 * 1024;

    private final StorageSettings settings;
    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final BloomFilter filter;
    private final TablePropertiesCollectorFactory compactOnDeletion;
    private final ThreadLocal<ReadBuffers> buffers = ThreadLocal.withInitial(ReadBuffers::new);

    /** Loads the native library and reserves the bounds; memory is taken as it is used. */
    public RocksResources(StorageSettings settings) {
        RocksDB.loadLibrary();
        this.settings = settings;
        this.cache = new LRUCache(settings.blockCacheBytes() + settings.writeBufferBytes(),
                CACHE_SHARD_BITS, false, HIGH_PRIORITY_SHARE);
        this.writeBuffers = new WriteBufferManager(settings.writeBufferBytes(), cache);
        this.filter = new BloomFilter(BLOOM_BITS_PER_KEY);
        // A queue's deleted head is compacted away once 512 of 1,024 rows in a row are tombstones.
        this.compactOnDeletion = TablePropertiesCollectorFactory
                .NewCompactOnDeletionCollectorFactory(1024, 512, 0.5);
    }

    /** Options of one store; the caller closes them after the database. */
    Options newOptions() {
        Options options = new Options().setCreateIfMissing(true)
                .setWriteBufferManager(writeBuffers)
                .setWriteBufferSize(settings.groupWriteBufferBytes())
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_SHARE)
                .setMemtableWholeKeyFiltering(true)
                .setMaxWriteBufferNumber(3)
                .setMaxOpenFiles(settings.maxOpenFiles())
                .setMaxBackgroundJobs(settings.backgroundJobs())
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setTableFormatConfig(tableFormat())
                .setParanoidChecks(true)
                .setMaxBgErrorResumeCount(0)
                .setAvoidFlushDuringShutdown(true)
                .setSkipStatsUpdateOnDbOpen(true)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG_BYTES)
                .setKeepLogFileNum(4)
                .setBytesPerSync(1024 * 1024);
        options.setTablePropertiesCollectorFactory(List.of(compactOnDeletion));
        return options;
    }

    /** The calling thread's buffers, for one call. */
    ReadBuffers buffers() {
        return buffers.get();
    }

    /** Bytes of native memory in use for blocks and unflushed rows of all stores. */
    public long memoryBytes() {
        return cache.getUsage();
    }

    private BlockBasedTableConfig tableFormat() {
        return new BlockBasedTableConfig().setBlockCache(cache)
                .setBlockSize(BLOCK_BYTES)
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                .setFilterPolicy(filter)
                .setOptimizeFiltersForMemory(true)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setChecksumType(ChecksumType.kXXH3)
                .setFormatVersion(6);
    }

    @Override
    public void close() {
        compactOnDeletion.close();
        filter.close();
        writeBuffers.close();
        cache.close();
    }
}
