/**
 * Multi-version state on RocksDB: the only room that imports {@code org.rocksdb}.
 *
 * <p>{@link io.quorate.kv.storage.RocksMvccStore} is one group's state: latest rows, superseded
 * versions, retry records and the applied index in one column family without a write-ahead log of its
 * own, because the Raft log is one. {@link io.quorate.kv.storage.RocksResources} is what the groups of
 * a process share; {@link io.quorate.kv.storage.DiskSpaceGuard} stops admission before the disk is
 * full. Sees {@code kv}, command and mvcc.
 */
@NullMarked
package io.quorate.kv.storage;

import org.jspecify.annotations.NullMarked;
