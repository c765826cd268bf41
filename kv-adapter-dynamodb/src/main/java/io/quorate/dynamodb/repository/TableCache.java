package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The definitions this node has seen, none of them certainly current: whoever uses one validates it.
 * At most {@value #MAX_TABLES}; beyond that any other gives way. Thread-safe.
 */
final class TableCache {
    static final int MAX_TABLES = 10_000;

    private final ConcurrentHashMap<TableName, TableDefinition> tables = new ConcurrentHashMap<>();

    Optional<TableDefinition> get(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    void put(TableDefinition table) {
        // The size is read without a lock, so it may be passed by as many as put at once.
        if (tables.size() >= MAX_TABLES) {
            Iterator<TableName> any = tables.keySet().iterator();
            if (any.hasNext()) {
                tables.remove(any.next());
            }
        }
        tables.put(table.name(), table);
    }

    void forget(TableDefinition table) {
        tables.remove(table.name(), table);
    }
}
