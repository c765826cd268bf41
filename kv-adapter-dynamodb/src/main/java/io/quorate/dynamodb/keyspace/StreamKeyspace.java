package io.quorate.dynamodb.keyspace;

import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;

/**
 * Where streams are kept.
 *
 * <pre>
 * definition  (72, account, table name, created)       on the default group's route
 * head        (73, table, created, shard)              on the first route of the shard
 * record      (74, table, created, shard, sequence)    likewise
 * horizon     (75, table, created, shard)              likewise
 * </pre>
 *
 * <p>The routes are cut into {@value #SHARDS} equal spans, and a stream has a shard for each: the
 * records of an item are in the group that owns the item, as long as groups begin where shards do.
 * Pure functions.
 */
public final class StreamKeyspace {
    /** How many shards every stream has. */
    public static final int SHARDS = 16;

    static final int DEFINITION = 72;
    static final int HEAD = 73;
    static final int RECORD = 74;
    static final int HORIZON = 75;
    private static final int DEFAULT_ROUTE = 0;
    private static final int ROUTES_OF_SHARD = Slices.ROUTES / SHARDS;

    private StreamKeyspace() {}

    /**
     * One shard of a stream.
     *
     * @param table the table's number
     * @param created when the stream was created, in milliseconds since the epoch
     * @param shard its position
     */
    public record Shard(long table, long created, int shard) {
        /** The shard that records changes of items on a route. */
        public static Shard of(long table, long created, int route) {
            return new Shard(table, created, route / ROUTES_OF_SHARD);
        }

        /** The row that numbers its records. */
        public Key head() {
            return key(HEAD).toKey();
        }

        /** The row that says from where on records are kept. */
        public Key horizon() {
            return key(HORIZON).toKey();
        }

        /** A record. */
        public Key record(long sequence) {
            return key(RECORD).add(sequence).toKey();
        }

        /** The records from a number on. */
        public KeyRange records(long from) {
            return new KeyRange(record(from), key(RECORD).below().end());
        }

        private KeyEncoder key(int kind) {
            return KeyEncoder.of(kind).add(table).add(created).add((long) shard)
                    .onRoute(shard * ROUTES_OF_SHARD);
        }
    }

    /** The number of a record. */
    public static long sequence(Key record) {
        return KeyReader.of(record).number(4);
    }

    /** The row that defines a stream. */
    public static Key definition(TableName table, long created) {
        return KeyEncoder.of(DEFINITION).add(table.account()).add(table.name()).add(created)
                .onRoute(DEFAULT_ROUTE).toKey();
    }

    /** The definitions of the streams of all tables that have or had a name. */
    public static KeyRange definitions(TableName table) {
        return KeyEncoder.of(DEFINITION).add(table.account()).add(table.name())
                .onRoute(DEFAULT_ROUTE).below();
    }

    /** The definitions of an account's streams. */
    public static KeyRange definitions(String account) {
        return KeyEncoder.of(DEFINITION).add(account).onRoute(DEFAULT_ROUTE).below();
    }

    /** The definitions of all streams. */
    public static KeyRange allDefinitions() {
        return KeyEncoder.of(DEFINITION).onRoute(DEFAULT_ROUTE).below();
    }
}
