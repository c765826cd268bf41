package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.keyspace.ItemKeyspace;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.kv.Key;

/**
 * Where an item is.
 *
 * @param key its key
 * @param row its row, made of the key once
 */
public record ItemAddress(PrimaryKey key, Key row) {
    /** The address of an item of a table. */
    public static ItemAddress of(WriteTarget table, PrimaryKey key) {
        return new ItemAddress(key, ItemKeyspace.item(table.table(), key));
    }
}
