package io.quorate.kv.peer.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.quorate.kv.Key;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.v1.Row;

/**
 * A row as a call sees it.
 *
 * @param key where it is stored
 * @param value its value
 * @param stamp of the change that wrote it; {@link Versioned#ABSENT} if that is the running transaction
 */
record Found(Key key, Value value, long stamp) {
    static Found of(Versioned row) {
        return new Found(row.key(), row.value(), row.version());
    }

    /** The bytes it was read from. */
    long storedBytes() {
        return (long) key.length() + value.length();
    }

    Row toRow(boolean withValue) {
        return toRow(Space.userKey(key), withValue);
    }

    /** Shares the value's bytes, which are never changed. */
    Row toRow(ByteString userKey, boolean withValue) {
        Row.Builder row = Row.newBuilder().setKey(userKey).setStamp(stamp);
        if (withValue) {
            row.setValue(UnsafeByteOperations.unsafeWrap(value.shared()));
        }
        return row.build();
    }
}
