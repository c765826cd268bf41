package io.quorate.dynamodb.model;

import java.util.ArrayList;
import java.util.List;

/**
 * An index of a table.
 *
 * @param name unique in its table
 * @param number unique in its table for ever; its entries' keys carry it
 * @param scope local to a partition of the table, or global
 * @param keys what it is sorted by
 * @param projection which attributes its entries have
 * @param state whether it can be read, and what was provisioned for it
 */
public record SecondaryIndex(String name, long number, Scope scope, Keys keys,
        Projection projection, State state) {
    /** Most attributes of a partition key and of a sort key. */
    public static final int MAX_KEY_ATTRIBUTES = 4;
    /** Most local indexes of a table. */
    public static final int MAX_LOCAL = 5;
    /** Most global indexes of a table. */
    public static final int MAX_GLOBAL = 20;
    /** Most attributes projected by name, over all indexes of a table. */
    public static final int MAX_PROJECTED = 100;

    /** How far an index reaches. */
    public enum Scope {
        LOCAL, GLOBAL
    }

    /** The attributes of its key; every list in the order of the key schema. */
    public record Keys(List<AttributeDefinition> partition, List<AttributeDefinition> sort) {
        public Keys {
            partition = List.copyOf(partition);
            sort = List.copyOf(sort);
        }

        /** Partition and sort attributes. */
        public List<AttributeDefinition> all() {
            List<AttributeDefinition> all = new ArrayList<>(partition);
            all.addAll(sort);
            return all;
        }
    }

    /** ProjectionType, by the protocol's names. */
    public enum ProjectionType {
        ALL, KEYS_ONLY, INCLUDE
    }

    /**
     * What entries hold besides the keys of the table and the index.
     *
     * @param type everything, nothing, or what is named
     * @param nonKey the names, for INCLUDE
     */
    public record Projection(ProjectionType type, List<String> nonKey) {
        public Projection {
            nonKey = List.copyOf(nonKey);
        }
    }

    /** IndexStatus, by the protocol's names. */
    public enum Status {
        CREATING, ACTIVE, DELETING
    }

    /** Status and throughput. */
    public record State(Status status, TableSettings.Throughput throughput) {}

    /** Whether it is global. */
    public boolean isGlobal() {
        return scope == Scope.GLOBAL;
    }

    /** Whether it can be read. */
    public boolean isActive() {
        return state.status() == Status.ACTIVE;
    }

    /** The same in another state. */
    public SecondaryIndex with(State other) {
        return new SecondaryIndex(name, number, scope, keys, projection, other);
    }

    /** The names of the attributes an entry holds, unless it holds all. */
    public List<String> projectedNames(KeySchema table) {
        List<String> names = new ArrayList<>(table.names());
        for (AttributeDefinition key : keys.all()) {
            if (!names.contains(key.name())) {
                names.add(key.name());
            }
        }
        for (String name : projection.nonKey()) {
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
